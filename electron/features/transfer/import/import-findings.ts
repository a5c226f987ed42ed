import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportFinding } from '../../../../shared/contract/transfer.ts';
import type { ReportEntry } from '../../../store/ledger-store.ts';
import type { FeatureContext } from '../../context.ts';

/** The most findings in one answer; the rest stand in a file. */
export const FINDINGS_IN_ANSWER = 1000;

/** Gathers an import's findings: all in the job's report, the first in its answer, the rest in a JSONL file. */
export class ImportFindings {
  readonly first: ImportFinding[] = [];
  total = 0;
  private readonly context: FeatureContext;
  private readonly jobId: string;
  private rest: { readonly path: string; readonly handle: FileHandle } | null = null;

  constructor(context: FeatureContext, jobId: string) {
    this.context = context;
    this.jobId = jobId;
  }

  /** The file with the findings beyond the first 1,000; undefined when there are none. */
  get file(): string | undefined {
    return this.rest?.path;
  }

  async add(entries: readonly ReportEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.context.store.addReport(this.jobId, [...entries]);
    const beyond: string[] = [];
    for (const entry of entries) {
      this.total += 1;
      const finding = findingOf(entry);
      if (this.first.length < FINDINGS_IN_ANSWER) this.first.push(finding);
      else beyond.push(`${JSON.stringify(finding)}\n`);
    }
    if (beyond.length > 0) await this.write(beyond.join(''));
  }

  async close(): Promise<void> {
    await this.rest?.handle.close();
  }

  private async write(lines: string): Promise<void> {
    this.rest ??= await this.open();
    await this.rest.handle.appendFile(lines);
  }

  private async open(): Promise<{ path: string; handle: FileHandle }> {
    const folder = join(this.context.home, 'reports');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${this.jobId}.jsonl`);
    return { path, handle: await open(path, 'w', 0o600) };
  }
}

/** A stored report entry as the contract names its members. */
export function findingOf(entry: ReportEntry): ImportFinding {
  const { source, locator, escalationId, severity, code, message } = entry;
  return {
    source,
    locator,
    ...(escalationId === undefined ? {} : { escalation_id: escalationId }),
    severity,
    code,
    message,
  };
}

import type { CheckName, EvidenceFileKind, EvidenceReport } from '../../../shared/domain/verdict.ts';
import { EXIT } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

const OF_LOG: readonly EvidenceFileKind[] = ['bundle', 'checkpoint', 'proof'];

/** What came out over all the files of one call of `verify`, and the exit code that says it. */
export class VerifyTally {
  readonly #allowed: ReadonlySet<CheckName>;
  readonly #unreadable: { file: string; cause: string }[] = [];
  #judged = 0;
  #failed = false;
  #unchecked = false;
  #opened = false;
  #ofLog = false;

  /** `allowed` are checks that do no harm to the exit code where they are unchecked. */
  constructor(allowed: ReadonlySet<CheckName>) {
    this.#allowed = allowed;
  }

  get judged(): number {
    return this.#judged;
  }

  /** Whether any file had a commitment that was opened or not. */
  get opened(): boolean {
    return this.#opened;
  }

  /** Whether any file was one of the log, and no manifest: what is kept from before is compared with those alone. */
  get ofLog(): boolean {
    return this.#ofLog;
  }

  add({ checks, verdict, kind }: EvidenceReport): void {
    const open = checks.filter((check) => check.verdict === 'unchecked');
    this.#judged += 1;
    this.#failed ||= verdict === 'failed';
    this.#unchecked ||= checks.length === 0 || open.some(({ name }) => !this.#allowed.has(name));
    this.#ofLog ||= OF_LOG.includes(kind) && !(kind === 'proof' && checks.some(({ name }) => name === 'files'));
    this.#opened ||= checks.some(({ name }) => name === 'opening');
  }

  addUnreadable(file: string, error: unknown): void {
    const cause = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    this.#unreadable.push({ file, cause });
  }

  /** Names the files that could not be read; says nothing when there are none. */
  tellUnreadable(terminal: Terminal): void {
    const files = this.#unreadable;
    if (files.length === 0) return;
    const which = files.length === 1 ? 'One file' : `${files.length} files`;
    const message = `${which} could not be read and ${files.length === 1 ? 'was' : 'were'} not judged.`;
    terminal.fail({ code: 'INVALID_INPUT', message, details: { files } });
  }

  /** A failed check is told before all else: no file that is missing may hide one. */
  get exitCode(): number {
    if (this.#failed) return EXIT.inPart;
    if (this.#unreadable.length > 0) return EXIT.usage;
    return this.#unchecked ? EXIT.unchecked : EXIT.done;
  }
}

import { join } from 'node:path';
import { spawnNodeReader } from '../../electron/desk/node-reader.ts';
import {
  type ReaderBatch,
  type ReaderFinding,
  ReaderMessage,
  type ReaderPacket,
  type ReaderRecord,
  type ReadOrder,
} from '../../electron/gateways/files/reader-protocol.ts';
import { projectRoot } from './project-root.ts';

export const READER = join(projectRoot, 'electron', 'gateways', 'files', 'reader-main.ts');

type Failed = Extract<ReaderMessage, { type: 'failed' }>;
type End = Extract<ReaderMessage, { type: 'end' }>;

/** All that a real reader process says of sources, each message checked as the desk checks it. */
export class ReaderRun {
  readonly records: ReaderRecord[] = [];
  readonly sourceRows: ReaderBatch['sourceRows'] = [];
  readonly findings: ReaderFinding[] = [];
  readonly packets: ReaderPacket[] = [];
  /** How many records each batch had. */
  readonly batches: number[] = [];
  failed: Failed | null = null;
  end: End | null = null;

  /** Settles when the reader has ended what it was told to do; it is gone then. */
  static of(
    sources: ReadOrder['sources'],
    order: { folder: string; tenants?: string[]; now?: number },
  ): Promise<ReaderRun> {
    const reader = spawnNodeReader(READER);
    const run = new ReaderRun();
    return new Promise((resolve, reject) => {
      reader.onExit(() => resolve(run));
      reader.onMessage((raw) => {
        const parsed = ReaderMessage.safeParse(raw);
        if (!parsed.success) {
          reject(parsed.error);
          reader.kill();
          return;
        }
        if (run.take(parsed.data)) reader.kill();
        else if (['batch', 'packet', 'findings'].includes(parsed.data.type)) reader.send({ type: 'next' });
      });
      const { folder, tenants = [], now = Date.parse('2026-11-22T12:00:00Z') } = order;
      reader.send({ type: 'read', sources, tenants, now, folder } satisfies ReadOrder);
    });
  }

  /** Whether that was the last message. */
  private take(message: ReaderMessage): boolean {
    if (message.type === 'batch') {
      this.batches.push(message.records.length);
      this.records.push(...message.records);
      this.sourceRows.push(...message.sourceRows);
    } else if (message.type === 'findings') this.findings.push(...message.findings);
    else if (message.type === 'packet') this.packets.push(message);
    else if (message.type === 'failed') this.failed = message;
    else if (message.type === 'end') this.end = message;
    return this.failed !== null || this.end !== null;
  }
}

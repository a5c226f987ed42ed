import { rmSync } from 'node:fs';
import { Outbox } from './outbox.ts';
import { readSources } from './read-sources.ts';
import { ReaderFault } from './reader-fault.ts';
import type { DeskMessage, ReaderMessage, ReadOrder } from './reader-protocol.ts';

/**
 * The reader process: the only place where a foreign file is opened. It holds nothing of value, so that the desk can
 * kill it at any moment (S46). Started by Node with an IPC channel, or by Electron as a utility process.
 */

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

const parentPort = (process as { parentPort?: ParentPort }).parentPort;

function post(message: ReaderMessage): void {
  if (parentPort !== undefined) parentPort.postMessage(message);
  else process.send?.(message);
}

let ask: (() => void) | null = null;

/** Settles when the desk asks for the next batch. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    ask = resolve;
  });
}

function receive(message: DeskMessage): void {
  if (message.type === 'read') void run(message);
  else ask?.();
}

async function run(order: ReadOrder): Promise<void> {
  // Where the desk is gone, nobody else would remove what was copied.
  process.once('disconnect', () => {
    rmSync(order.folder, { recursive: true, force: true });
    process.exit(1);
  });
  const outbox = new Outbox(post, asked);
  try {
    await readSources(order, outbox);
    post({ type: 'end', refused: outbox.refused, rows: outbox.rows, tenants: outbox.tenants });
  } catch (error) {
    post(failure(error));
  }
}

function failure(error: unknown): ReaderMessage {
  if (error instanceof ReaderFault) return { type: 'failed', code: error.code, message: error.message };
  process.stderr.write(`reader: ${error instanceof Error ? error.stack : String(error)}\n`);
  return { type: 'failed', code: 'INTERNAL', message: 'The reader met a fault of its own. What was imported stays.' };
}

if (parentPort !== undefined) parentPort.on('message', ({ data }) => receive(data as DeskMessage));
else process.on('message', (message) => receive(message as DeskMessage));

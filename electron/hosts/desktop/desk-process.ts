import { statSync } from 'node:fs';
import type { MessagePortMain } from 'electron';
import { DeskError } from '../../../shared/domain/errors.ts';
import { dataFolder, defaultStore } from '../../desk/data-folder.ts';
import type { Desk } from '../../desk/desk.ts';
import { nodeServices } from '../../desk/node-services.ts';
import { openDesk } from '../../desk/open-desk.ts';
import { programFiles } from '../../desk/program-files.ts';
import { portServer } from '../../desk/serve-port.ts';
import { HAS_KEYRING, ToDesk, type ToMain } from './messages.ts';
import { RelayedKeyring } from './relayed-keyring.ts';
import { RelayedReaders } from './relayed-reader.ts';

/**
 * The desk's own process: a long query never freezes a window, and a crash here never takes the app. It hears the main
 * process alone; windows reach it over the ports that the main process hands on after its checks (S9, S14).
 */
const say = (message: ToMain) => process.parentPort.postMessage(message);
const windows = new Map<number, MessagePortMain>();
const readers = new RelayedReaders(say);
const keyring = new RelayedKeyring(say);

async function open(): Promise<Desk> {
  const home = dataFolder();
  const services = nodeServices({ home, host: 'desktop', files: programFiles(import.meta.filename) });
  const own = { spawnReader: () => readers.spawn(), keyring: process.argv.includes(HAS_KEYRING) ? keyring : null };
  return openDesk({ ...services, ...own }, defaultStore(home));
}

function stage(desk: Desk, message: Extract<ToDesk, { kind: 'stage-source' | 'stage-target' }>): void {
  const { call, path, name } = message;
  try {
    const staged =
      message.kind === 'stage-source'
        ? desk.staging.stageSource(path, { name, temporary: false })
        : // The system's own dialog has asked whether a file that is there may be replaced.
          desk.staging.stageTarget(path, { name, force: true });
    const bytes = message.kind === 'stage-source' ? statSync(path).size : 0;
    say({ kind: 'staged', call, file: { staged, name, bytes } });
  } catch (error) {
    say({ kind: 'refused', call, failure: failureOf(error) });
  }
}

function failureOf(error: unknown): { code: string; message: string } {
  if (error instanceof DeskError) return { code: error.code, message: error.message };
  return { code: 'INTERNAL', message: 'The desk could not do this. What was acknowledged is kept.' };
}

async function answer(opening: Promise<Desk>, message: ToDesk, port: MessagePortMain | undefined): Promise<void> {
  if (message.kind === 'reader-started' || message.kind === 'reader-said' || message.kind === 'reader-ended') {
    readers.hear(message);
    return;
  }
  if (message.kind === 'sealed' || message.kind === 'unsealed' || message.kind === 'keyring-failed') {
    keyring.hear(message);
    return;
  }
  const desk = await opening.catch(() => null);
  if (desk === null) return answerWithoutDesk(message);
  if (message.kind === 'window') {
    if (port === undefined) return;
    windows.set(message.window, port);
    serverOf(desk)(port);
    port.start();
  } else if (message.kind === 'window-gone') {
    windows.get(message.window)?.close();
    windows.delete(message.window);
  } else if (message.kind === 'count-holds') {
    say({ kind: 'holds', call: message.call, count: desk.pendingHolds() });
  } else if (message.kind === 'close') {
    if (message.record) await desk.recordHolds();
    await desk.close();
    say({ kind: 'closed' });
  } else {
    stage(desk, message);
  }
}

/** A desk that could not be opened has said so; it can still be closed. */
function answerWithoutDesk(message: ToDesk): void {
  if (message.kind === 'close') say({ kind: 'closed' });
  if ('call' in message) say({ kind: 'refused', call: message.call, failure: failureOf(null) });
}

let server: ReturnType<typeof portServer> | null = null;

/** One handler for all windows. */
function serverOf(desk: Desk): ReturnType<typeof portServer> {
  server ??= portServer(desk);
  return server;
}

const opening = open();
process.parentPort.on('message', ({ data, ports }) => {
  const message = ToDesk.safeParse(data);
  if (message.success) void answer(opening, message.data, ports[0]);
});
opening.then(
  () => say({ kind: 'ready' }),
  (error: unknown) => say({ kind: 'failed', failure: failureOf(error) }),
);

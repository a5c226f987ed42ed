import { type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { HAS_KEYRING, type Staged, type ToDesk, ToMain } from './messages.ts';
import { hasKeyring, sealSecret, unsealSecret } from './system-keyring.ts';

/** A reader gets no more heap than this; what it holds resident is watched by the desk (S46). */
const READER_HEAP_MEGABYTES = 1024;

export interface DeskProcessOptions {
  readonly desk: string;
  readonly reader: string;
  /** The desk could not be opened; in words, for a person. */
  onFailed(message: string): void;
  /** The desk's process has ended, `expected` when it was asked to. */
  onExit(expected: boolean): void;
}

type Answer = Extract<ToMain, { kind: 'staged' | 'holds' | 'refused' }>;
interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** The main process's end of the desk's process: starts it, starts its readers, passes ports and files on. */
export class DeskProcess {
  readonly #options: DeskProcessOptions;
  readonly #child: UtilityProcess;
  readonly #waiting = new Map<number, Waiting>();
  readonly #readers = new Map<number, UtilityProcess>();
  #calls = 0;
  #gone = false;
  #closing: (() => void) | null = null;

  constructor(options: DeskProcessOptions) {
    this.#options = options;
    this.#child = utilityProcess.fork(options.desk, hasKeyring() ? [HAS_KEYRING] : [], {
      serviceName: 'VEX Review Desk: the desk',
    });
    this.#child.on('message', (data: unknown) => {
      const message = ToMain.safeParse(data);
      if (message.success) this.#hear(message.data);
    });
    this.#child.on('exit', () => this.#ended());
  }

  /** Hands a window's port to the desk; nothing of the window's goes through this process then. */
  connect(window: number, port: MessagePortMain): void {
    this.#child.postMessage({ kind: 'window', window } satisfies ToDesk, [port]);
  }

  /** Ends the way of a window that is gone. */
  disconnect(window: number): void {
    this.#say({ kind: 'window-gone', window });
  }

  /** Takes a file in charge, to be read or to be written. */
  async stage(kind: 'stage-source' | 'stage-target', path: string, name: string): Promise<Staged> {
    const answer = await this.#ask((call) => ({ kind, call, path, name }));
    if (answer.kind === 'staged') return answer.file;
    throw new Error(answer.kind === 'refused' ? answer.failure.message : 'The desk did not take the file.');
  }

  /** How many decisions wait in their undo holds. */
  async countHolds(): Promise<number> {
    const answer = await this.#ask((call) => ({ kind: 'count-holds', call }));
    return answer.kind === 'holds' ? answer.count : 0;
  }

  /** Settles when the desk has ended its work and closed its store; decisions in their holds are recorded, or kept as drafts. */
  close(record: boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#closing = resolve;
      this.#say({ kind: 'close', record });
    });
  }

  #ask(question: (call: number) => ToDesk): Promise<Answer> {
    const call = this.#calls;
    this.#calls += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      this.#say(question(call));
    });
  }

  #say(message: ToDesk): void {
    if (!this.#gone) this.#child.postMessage(message);
  }

  #hear(message: ToMain): void {
    switch (message.kind) {
      case 'failed':
        this.#options.onFailed(message.failure.message);
        break;
      case 'staged':
      case 'holds':
      case 'refused':
        this.#settle(message.call)?.resolve(message);
        break;
      case 'seal':
      case 'unseal':
        void this.#askKeyring(message);
        break;
      case 'spawn-reader':
        this.#spawnReader(message.reader);
        break;
      case 'tell-reader':
        this.#readers.get(message.reader)?.postMessage(message.message);
        break;
      case 'kill-reader':
        this.#readers.get(message.reader)?.kill();
        break;
      case 'closed':
        this.#child.kill();
        break;
      case 'ready':
        break;
    }
  }

  #settle(call: number): Waiting | undefined {
    const waiting = this.#waiting.get(call);
    this.#waiting.delete(call);
    return waiting;
  }

  /** What the keyring says when it fails goes nowhere: the desk knows what to do without it. */
  async #askKeyring({ kind, secret, bytes }: Extract<ToMain, { kind: 'seal' | 'unseal' }>): Promise<void> {
    try {
      if (kind === 'seal') this.#say({ kind: 'sealed', secret, sealed: await sealSecret(bytes) });
      else this.#say({ kind: 'unsealed', secret, ...(await unsealSecret(bytes)) });
    } catch {
      this.#say({ kind: 'keyring-failed', secret });
    }
  }

  #spawnReader(reader: number): void {
    const child = utilityProcess.fork(this.#options.reader, [], {
      serviceName: 'VEX Review Desk: reads a foreign file',
      execArgv: [`--max-old-space-size=${READER_HEAP_MEGABYTES}`],
      // Nothing of the desk's environment is the reader's business.
      env: {},
    });
    this.#readers.set(reader, child);
    child.on('spawn', () => this.#say({ kind: 'reader-started', reader, pid: child.pid ?? null }));
    child.on('message', (message: unknown) => this.#say({ kind: 'reader-said', reader, message }));
    child.on('exit', (code) => {
      this.#readers.delete(reader);
      this.#say({ kind: 'reader-ended', reader, code });
    });
  }

  #ended(): void {
    this.#gone = true;
    for (const reader of this.#readers.values()) reader.kill();
    for (const call of [...this.#waiting.keys()]) this.#settle(call)?.reject(new Error('The desk has ended.'));
    this.#options.onExit(this.#closing !== null);
    this.#closing?.();
  }
}

import { readFileSync } from 'node:fs';
import type { ReaderProcess } from '../../desk/desk.ts';
import type { ToDesk, ToMain } from './messages.ts';

type Heard = Extract<ToDesk, { kind: 'reader-started' | 'reader-said' | 'reader-ended' }>;

/**
 * The readers of a desk that cannot start processes itself: the main process starts them and passes on what is said.
 * Only the main process may fork a utility process.
 */
export class RelayedReaders {
  readonly #say: (message: ToMain) => void;
  readonly #readers = new Map<number, RelayedReader>();
  #count = 0;

  constructor(say: (message: ToMain) => void) {
    this.#say = say;
  }

  spawn(): ReaderProcess {
    const reader = this.#count;
    this.#count += 1;
    const relayed = new RelayedReader(reader, this.#say);
    this.#readers.set(reader, relayed);
    this.#say({ kind: 'spawn-reader', reader });
    return relayed;
  }

  hear(heard: Heard): void {
    this.#readers.get(heard.reader)?.hear(heard);
    if (heard.kind === 'reader-ended') this.#readers.delete(heard.reader);
  }
}

class RelayedReader implements ReaderProcess {
  readonly #reader: number;
  readonly #say: (message: ToMain) => void;
  #pid: number | null = null;
  readonly #listeners: ((message: unknown) => void)[] = [];
  readonly #exits: ((code: number | null) => void)[] = [];

  constructor(reader: number, say: (message: ToMain) => void) {
    this.#reader = reader;
    this.#say = say;
  }

  send(message: unknown): void {
    this.#say({ kind: 'tell-reader', reader: this.#reader, message });
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#listeners.push(listener);
  }

  onExit(listener: (code: number | null) => void): void {
    this.#exits.push(listener);
  }

  /** Linux says it in /proc/PID/status (proc(5)); elsewhere null. */
  residentBytes(): number | null {
    try {
      const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.#pid}/status`, 'utf8'))?.[1];
      return kilobytes === undefined ? null : Number(kilobytes) * 1024;
    } catch {
      return null;
    }
  }

  kill(): void {
    this.#say({ kind: 'kill-reader', reader: this.#reader });
  }

  hear(heard: Heard): void {
    if (heard.kind === 'reader-started') this.#pid = heard.pid;
    if (heard.kind === 'reader-said') for (const listener of this.#listeners) listener(heard.message);
    if (heard.kind === 'reader-ended') for (const listener of this.#exits) listener(heard.code);
  }
}

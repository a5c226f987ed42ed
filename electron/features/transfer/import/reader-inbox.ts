import { DeskError } from '../../../../shared/domain/errors.ts';
import { ReaderMessage } from '../../../gateways/files/reader-protocol.ts';
import type { FeatureContext, ReaderProcess } from '../../context.ts';

export const READER_BYTES = 1024 * 1024 * 1024;
export const READER_SILENCE_MS = 60_000;
const WATCH_EVERY_MS = 1000;
/** SQLite checks a database in one step without a word: it is given this long for each byte besides. */
const CHECK_MS_PER_BYTE = 1 / 50_000;

export type ReaderWork = Exclude<ReaderMessage, { type: 'failed' | 'checking' }>;

/** The reader's messages in order, checked; watches it meanwhile. */
export class ReaderInbox {
  /** Settles when the process is gone. */
  readonly gone: Promise<void>;
  private readonly context: FeatureContext;
  private readonly reader: ReaderProcess;
  private readonly signal: AbortSignal;
  private readonly messages: ReaderWork[] = [];
  private failure: DeskError | null = null;
  private wake: (() => void) | null = null;
  private heardAt: number;
  private patience = READER_SILENCE_MS;
  private stopWatching: () => void = () => undefined;

  constructor(context: FeatureContext, reader: ReaderProcess, signal: AbortSignal) {
    this.context = context;
    this.reader = reader;
    this.signal = signal;
    this.heardAt = context.clock.monotonic();
    this.gone = new Promise((resolve) => {
      reader.onExit(() => {
        this.fail(new DeskError('LIMIT_EXCEEDED', DIED));
        resolve();
      });
    });
    reader.onMessage((message) => this.hear(message));
    this.watch();
  }

  /** The next message; null when the reader was stopped on purpose. */
  async next(): Promise<ReaderWork | null> {
    for (;;) {
      const message = this.messages.shift();
      // The desk's own steps are not the reader's silence.
      this.heardAt = this.context.clock.monotonic();
      if (message !== undefined) return message;
      if (this.signal.aborted) return null;
      if (this.failure !== null) throw this.failure;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  close(): void {
    this.stopWatching();
  }

  private hear(raw: unknown): void {
    this.heardAt = this.context.clock.monotonic();
    this.patience = READER_SILENCE_MS;
    const parsed = ReaderMessage.safeParse(raw);
    if (!parsed.success) {
      this.context.log(`the reader said what it may not say: ${parsed.error.issues[0]?.path.join('.')}`);
      this.kill(new DeskError('INTERNAL', NOT_UNDERSTOOD));
    } else this.sort(parsed.data);
    this.wake?.();
  }

  private sort(message: ReaderMessage): void {
    if (message.type === 'failed') this.fail(new DeskError(message.code, message.message));
    else if (message.type === 'checking') this.patience += message.bytes * CHECK_MS_PER_BYTE;
    else this.messages.push(message);
  }

  private watch(): void {
    this.stopWatching = this.context.clock.after(WATCH_EVERY_MS, () => {
      this.judge();
      if (this.failure === null) this.watch();
    });
  }

  private judge(): void {
    const silent = this.context.clock.monotonic() - this.heardAt;
    // While messages lie here unread the reader waits for the desk, not the desk for it.
    if (silent > this.patience && this.messages.length === 0) this.kill(new DeskError('LIMIT_EXCEEDED', SILENT));
    else if ((this.reader.residentBytes() ?? 0) > READER_BYTES) this.kill(new DeskError('LIMIT_EXCEEDED', TOO_LARGE));
  }

  private kill(failure: DeskError): void {
    this.fail(failure);
    this.reader.kill();
  }

  private fail(failure: DeskError): void {
    this.failure ??= failure;
    this.wake?.();
  }
}

const KEPT = 'What was imported stays; the rest of the source was not read.';
const SILENT = `Reading the source made no progress for 60 seconds and was stopped. ${KEPT}`;
const TOO_LARGE = `Reading the source took more than 1 GiB of memory and was stopped. ${KEPT}`;
const NOT_UNDERSTOOD = `The process that read the source said something that the desk does not know, as one of another build would. ${KEPT} Start the desk again, then import again.`;
const DIED = `The process that read the source ended before it was done. ${KEPT}`;

import type { Clock, IdSource } from '../../shared/domain/clock.ts';

/** What the reader process and the desk say to each other; see electron/gateways/files/reader-protocol.ts. */
export interface ReaderProcess {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, however it ended. */
  onExit(listener: (code: number | null) => void): void;
  /** Resident memory in bytes where the system tells; null elsewhere or when it has ended. */
  residentBytes(): number | null;
  kill(): void;
}

/** What only a host can do. The desk itself knows no host (docs/architecture.md). */
export interface HostServices {
  readonly host: 'desktop' | 'browser' | 'cli' | 'port';
  readonly clock: Clock;
  readonly ids: IdSource;
  /** A private folder of this desk for stores and temporary files; exists. */
  readonly home: string;
  /** The reviewer's time zone, an IANA name. */
  readonly timeZone: string;
  /** The name of the person at the machine as the system knows it, for a first profile. */
  readonly accountName: string;
  /** Where the sample ledger's vex.db lies. */
  readonly sampleLedger: string;
  /** Starts the child that reads foreign files: killable, memory-limited (S46). */
  spawnReader(): ReaderProcess;
}

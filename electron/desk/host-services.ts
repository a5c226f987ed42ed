import type { Clock, IdSource } from '../../shared/domain/clock.ts';
import type { Keyring, ReaderProcess } from '../features/context.ts';

/** What only a host can do. The desk itself knows no host (docs/architecture.md). */
export interface HostServices {
  readonly host: 'desktop' | 'browser' | 'cli' | 'port';
  readonly clock: Clock;
  readonly ids: IdSource;
  /** A private folder of this desk for stores and temporary files; exists. */
  readonly home: string;
  /**
   * Where this account's programs keep their state, never beside the store: what a log was is remembered there, so that a
   * store that was put back to an older copy is noticed (I7). Made on need.
   */
  readonly stateFolder: string;
  /** The reviewer's time zone, an IANA name. */
  readonly timeZone: string;
  /** The name of the person at the machine as the system knows it, for a first profile. */
  readonly accountName: string;
  /** Where the sample ledger's vex.db lies, its trust.json beside it. */
  readonly sampleLedger: string;
  /** Where the fonts of reports lie, under the paths of their packages. */
  readonly fontFolder: string;
  /** A line for the person who runs the desk. */
  log(line: string): void;
  /**
   * The system's keyring, where this host has one that really encrypts (S15); null: private keys are kept under a
   * passphrase.
   */
  readonly keyring: Keyring | null;
  /** Starts the child that reads foreign files: killable, memory-limited (S46). */
  spawnReader(): ReaderProcess;
}

import type { Notice } from '../../shared/contract/desk.ts';
import type { Clock, IdSource } from '../../shared/domain/clock.ts';
import type { LedgerStore } from '../store/ledger-store.ts';

/** A file taken in charge by the host for the desk. */
export interface StagedFile {
  readonly staged: string;
  readonly path: string;
  /** The name to show and to print; the path on the command line, the bare name elsewhere. */
  readonly name: string;
  /** The desk removes it after use (uploads). */
  readonly temporary: boolean;
}

/** A file to be written. */
export interface StagedTarget extends StagedFile {
  /** An existing file may be replaced. */
  readonly force: boolean;
}

/** Files and targets that a host has taken in charge, under ids that a renderer may name. */
export interface Staging {
  /** A file or folder to read. */
  stageSource(path: string, options: { name: string; temporary: boolean }): string;
  /** A file to write. ALREADY_EXISTS when there is one and `force` is not set. */
  stageTarget(path: string, options: { name: string; force: boolean; temporary?: boolean }): string;
  /** NOT_FOUND for an id that was not given out or is used up. */
  source(staged: string): StagedFile;
  target(staged: string): StagedTarget;
  /** Forgets a source or target; a temporary file is removed. */
  release(staged: string): void;
}

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

/** Secrets that only this account of this machine can open. UNAUTHORIZED with `details.lost`: the keyring is another now. */
export interface Keyring {
  seal(secret: Uint8Array): Promise<Uint8Array>;
  /** `reseal`: the system asks for it to be sealed anew. */
  unseal(sealed: Uint8Array): Promise<{ secret: Uint8Array; reseal: boolean }>;
}

/**
 * What the handlers of one ledger work with: each is a function `(context, input) => Promise<output>`. The reviewer's
 * own ledger and the sample have a context each, with a store and a clock of their own.
 */
export interface FeatureContext {
  readonly store: LedgerStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly staging: Staging;
  /** The sample ledger: said in what it exports. */
  readonly sample: boolean;
  /** A private folder for temporary files; exists. */
  readonly home: string;
  /** Where heads of logs are remembered, outside of what a restored store brings back; null: nowhere (the sample). */
  readonly stateFolder: string | null;
  /** Names this desk among the processes that work on the store: in leases, holds and jobs. */
  readonly owner: string;
  readonly version: string;
  /** The fonts of reports, under the paths of their packages. */
  readonly fontFolder: string;
  /** null: private keys are kept under a passphrase. */
  readonly keyring: Keyring | null;
  /** Starts the child that reads foreign files: killable, memory-limited (S46). */
  spawnReader(): ReaderProcess;
  /** To be called after a write that no procedure's answer follows (a job's step): tells the windows what changed. */
  changed(): void;
  /** Tells this desk's windows something that is in no store. */
  publish(notice: Notice): void;
  /** A line for the person who runs the desk; never an agent's text, never a secret. */
  log(line: string): void;
}

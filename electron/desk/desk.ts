import type { LedgerStore } from '../store/ledger-store.ts';
import type { HostServices } from './host-services.ts';

/** A file taken in charge by the host for the desk. */
export interface StagedFile {
  readonly staged: string;
  readonly path: string;
  /** The name to show and to print; the path on the command line, the bare name elsewhere. */
  readonly name: string;
  /** The desk removes it after use (uploads). */
  readonly temporary: boolean;
}

/** The desk as its hosts hold it. Made by `openDesk` (open-desk.ts); the router (router.ts) answers its calls. */
export interface Desk {
  readonly services: HostServices;
  readonly store: LedgerStore;
  readonly staging: Staging;
  /** Refuses new jobs, lets running steps end, turns holds of this process into drafts, closes the store. */
  close(): Promise<void>;
}

/** Files and targets that a host has taken in charge, under ids that a renderer may name. */
export interface Staging {
  /** A file or folder to read. */
  stageSource(path: string, options: { name: string; temporary: boolean }): string;
  /** A file to write. ALREADY_EXISTS when there is one and `force` is not set. */
  stageTarget(path: string, options: { name: string; force: boolean }): string;
  /** NOT_FOUND for an id that was not given out or is used up. */
  source(staged: string): StagedFile;
  target(staged: string): StagedFile;
}

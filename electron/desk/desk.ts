import type { FeatureContext, Staging } from '../features/context.ts';
import type { HostServices } from './host-services.ts';
import type { DeskRouter } from './router.ts';

export type { Keyring, ReaderProcess } from '../features/context.ts';

/** The desk as its hosts hold it. Made by `openDesk` (open-desk.ts); its router answers all calls. */
export interface Desk {
  readonly services: HostServices;
  readonly router: DeskRouter;
  readonly staging: Staging;
  readonly main: FeatureContext;
  /** How many decisions of this desk wait in their undo holds. */
  pendingHolds(): number;
  /** Records them all now, as far as each can be. */
  recordHolds(): Promise<void>;
  /** Refuses new jobs, lets running steps end, turns holds of this process into drafts, closes the stores. */
  close(): Promise<void>;
}

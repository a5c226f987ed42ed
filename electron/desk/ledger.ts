import type { FeatureContext } from '../features/context.ts';
import type { Holds } from '../features/decision/holds.ts';
import type { NoticeBoard } from './notice-board.ts';

/** One open ledger: the reviewer's own, or the sample. */
export interface Ledger {
  readonly context: FeatureContext;
  readonly holds: Holds;
  readonly notices: NoticeBoard;
  /** Other programs at work on its store now. */
  others(): number;
  /** Refuses new jobs, lets running steps end, turns this desk's holds into drafts, closes the store. */
  close(): Promise<void>;
}

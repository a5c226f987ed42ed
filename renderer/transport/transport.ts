import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../shared/contract/index.ts';

/** Typed calls to the desk: `client.main.queue.list(…)`, and `client.sample` beside it. */
export type DeskClient = ContractRouterClient<Contract>;
/** One ledger's calls: the reviewer's own, or the sample's. */
export type LedgerClient = DeskClient['main'];

/** A file that the host has taken in charge; the page knows its name and size, never its path. */
export interface StagedFile {
  readonly staged: string;
  readonly name: string;
  readonly bytes: number;
}

/**
 * How the way to the desk stands. `gone`: it broke, nothing is sent until the host has proved itself. `ended`: this
 * page's session is over for good, a fresh link is needed.
 */
export type LinkState = 'live' | 'gone' | 'ended';

/** An export's file, the manifest beside it, or the desk's signature over both. */
export type DeliveredPart = 'file' | 'manifest' | 'statement';

/** What the page needs of its host: the same for the desktop and for a local browser. */
export interface DeskTransport {
  readonly kind: 'desktop' | 'browser';
  readonly client: DeskClient;
  readonly link: {
    state(): LinkState;
    /** Calls back after each change of state; the answer ends that. */
    subscribe(listener: () => void): () => void;
  };
  /** Asks for files; none when the person cancels. */
  pickFiles(): Promise<StagedFile[]>;
  /** Takes files that were dropped or chosen in the page. */
  stageFiles(files: readonly File[]): Promise<StagedFile[]>;
  /** Asks where an export goes; null when the person cancels. */
  stageTarget(suggestedName: string): Promise<{ staged: string } | null>;
  /**
   * Asks for a folder of the machine that the desk runs on; null when the person cancels. There is no such dialog where this
   * is missing: then the person types the folder's path.
   */
  pickFolder?(): Promise<StagedFile | null>;
  /** Hands a finished export to the person: the browser downloads it, on the desktop it lies where it was asked for. */
  deliver(staged: string, name: string, part: DeliveredPart): Promise<void>;
}

/** A call that was not sent, or got no answer, because the way to the desk is broken. */
export class HostGone extends Error {
  override readonly name = 'HostGone';

  constructor() {
    super('The desk has stopped. Nothing recorded is lost.');
  }
}

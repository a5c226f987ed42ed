import type { DecideInput } from '../../../shared/contract/decision.ts';

export type Seen = NonNullable<DecideInput['seen']>;

/** More pieces than these are not told apart; no escalation has so many. */
const MOST = 1000;

/**
 * How a view was read: since when it stood on screen, and which evidence was opened for how long. `at` is the desk's time
 * in milliseconds since 1970, `beat` a clock that only goes forward.
 */
export class SeenTracker {
  readonly #opened = new Map<string, number>();
  #view: { readonly digest: string; readonly since: number } | null = null;
  #open: { readonly sha256: string; readonly beat: number } | null = null;
  #told: { readonly key: string; readonly seen: Seen } | null = null;

  /** The view that stands on screen; another one has been shown from this moment on. */
  show(digest: string, at: number): void {
    if (this.#view?.digest !== digest) this.#view = { digest, since: at };
  }

  /** The piece of evidence that is open now; null: none is, or nobody can see it. */
  open(sha256: string | null, beat: number): void {
    if (this.#open !== null) this.#add(this.#open.sha256, beat - this.#open.beat);
    this.#open = sha256 === null ? null : { sha256, beat };
  }

  /** What is known at this moment. Of one attempt it is told alike, however often that is sent. */
  tell(key: string, beat: number): Seen | undefined {
    if (this.#view === null) return undefined;
    if (this.#told?.key !== key) this.#told = { key, seen: this.#now(this.#view.since, beat) };
    return this.#told.seen;
  }

  #now(since: number, beat: number): Seen {
    if (this.#open !== null) this.open(this.#open.sha256, beat);
    const opened = [...this.#opened].map(([sha256, ms]) => ({ sha256, ms: Math.round(ms) }));
    return { shown_at: new Date(since).toISOString(), opened: opened.slice(0, MOST) };
  }

  #add(sha256: string, ms: number): void {
    this.#opened.set(sha256, (this.#opened.get(sha256) ?? 0) + Math.max(0, ms));
  }
}

/** Time comes from outside by constructor; nothing in the product reads the system's clock but the hosts' `systemClock`. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Milliseconds from an arbitrary start that never jumps; undo holds run on it. */
  monotonic(): number;
  /** Calls back once after `ms` of monotonic time; the answer cancels it. */
  after(ms: number, callback: () => void): () => void;
}

/** Where new ids come from; random in the product, counted in tests. */
export interface IdSource {
  /** A lower-case hyphenated UUID that was not given out before. */
  uuid(): string;
  /** Unpredictable bytes, for salts and secrets. */
  bytes(length: number): Uint8Array;
}

/** The instant of `epochMs` in the desk's one text form, milliseconds kept. */
export function instantText(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

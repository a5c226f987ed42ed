import type { Writer } from '../base/connection.ts';

/** One step of the store's form: run in a transaction of its own, after which `user_version` is `number`. */
export interface Migration {
  /** 1 for the first, without gaps. */
  readonly number: number;
  readonly sql: string;
  /** What SQL alone cannot do, in the same transaction, after `sql`. */
  readonly run?: (db: Writer) => void;
}

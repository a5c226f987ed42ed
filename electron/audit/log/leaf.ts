import { EVENT_VERSIONS, type Hidden, type LedgerEventKind, type Said } from '../../../shared/domain/ledger-event.ts';
import { jcsText } from '../../evidence/json/jcs.ts';
import { sha256 } from './sha256.ts';

/** A value kept beside the log: what a leaf's commitment under `name` stands for, as RFC 8785 bytes, and its salt. */
export interface CommittedField {
  readonly name: string;
  readonly salt: Uint8Array;
  readonly value: Uint8Array;
}

/** An event ready for the log. */
export interface Leaf {
  readonly bytes: Uint8Array;
  readonly sha256: Uint8Array;
  readonly fields: readonly CommittedField[];
  /** What stands in it for each of the fields, in lower-case hex. */
  readonly commitments: Readonly<Record<string, string>>;
}

/** What the log says of every event. `seq` counts from 0 in a tenant; `at` is RFC 3339 in UTC. */
export interface Place {
  readonly seq: number;
  readonly at: string;
  /** The tenant's random uid. */
  readonly tenant: string;
}

/** RFC 6962, 2.1: the hash of a leaf, SHA-256(0x00 ‖ bytes). */
export function leafHash(bytes: Uint8Array): Uint8Array {
  return sha256(Buffer.concat([LEAF, bytes]));
}

/** SHA-256(0x02 ‖ salt ‖ value): stands in a leaf for a value that must not be in it. The salt has 32 random bytes. */
export function commitment(salt: Uint8Array, value: Uint8Array): Uint8Array {
  return sha256(Buffer.concat([COMMITMENT, salt, value]));
}

/**
 * Makes the leaf of an event, of the version that is written today: `said` stands in it openly, each of `hidden` only as
 * a commitment, under the salt that is given for it, else under a fresh one.
 */
export function makeLeaf<K extends LedgerEventKind>(
  place: Place,
  said: Said<K>,
  hidden: Hidden<K>,
  randomBytes: (length: number) => Uint8Array,
  salts: Readonly<Record<string, Uint8Array>> = {},
): Leaf {
  const commitments: Record<string, string> = {};
  const entries = Object.entries<unknown>(hidden);
  // Drawn in one: each draw costs more than its bytes.
  const fresh = randomBytes(entries.length * SALT_LENGTH);
  const fields = entries.map(([name, plain], n) => {
    const salt = salts[name] ?? fresh.subarray(n * SALT_LENGTH, (n + 1) * SALT_LENGTH);
    const field = { name, salt, value: canonical(plain) };
    commitments[name] = Buffer.from(commitment(field.salt, field.value)).toString('hex');
    return field;
  });
  const { seq, at, tenant } = place;
  const v = EVENT_VERSIONS[said.kind];
  const bytes = canonical({ ...said, at, tenant, v, seq: String(seq), fields: commitments });
  return { bytes, sha256: leafHash(bytes), fields, commitments };
}

/** RFC 8785 bytes: what has that form as text is well-formed Unicode. */
function canonical(value: unknown): Uint8Array {
  return Buffer.from(jcsText(value), 'utf8');
}

const LEAF = Uint8Array.of(0x00);
const COMMITMENT = Uint8Array.of(0x02);
const SALT_LENGTH = 32;

import { z } from 'zod';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { readCanonical } from '../log/canonical.ts';
import { type Envelope, pae } from './dsse.ts';
import { PAYLOAD_TYPE, STATEMENT_TYPE } from './statement.ts';

/** Who signs: the public key in lower-case hex, and the signature of 64 bytes over a message. */
export interface StatementSigner {
  readonly publicHex: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** The statement's RFC 8785 bytes in an envelope with one DSSE signature, which names its key. */
export function signStatement(payload: Uint8Array, { publicHex, sign }: StatementSigner): Envelope {
  const sig = sign(pae(PAYLOAD_TYPE, payload));
  return { payloadType: PAYLOAD_TYPE, payload, signatures: [{ keyid: publicHex, sig }] };
}

/** UNKNOWN_STATEMENT: of a version, or of a kind, that this desk does not know; nothing is said against it. */
export interface StatementRefusal {
  readonly ok: false;
  readonly code: 'UNKNOWN_STATEMENT' | 'NOT_A_STATEMENT';
  /** A sentence for a person. */
  readonly why: string;
}

export function refuse(code: StatementRefusal['code'], why: string): StatementRefusal {
  return { ok: false, code, why };
}

export const NO_STATEMENT = refuse('NOT_A_STATEMENT', 'The payload is no in-toto Statement in canonical form.');

const AnyStatement = z.looseObject({ _type: z.literal(STATEMENT_TYPE), predicateType: z.string() });

/** The in-toto Statement v1 that the payload is, of whatever predicate; null where it is none in the form that desks write. */
export function ownStatement(payload: Uint8Array): z.infer<typeof AnyStatement> | null {
  return AnyStatement.safeParse(readCanonical(decodeUtf8(payload))).data ?? null;
}

/** Where a statement first does not fit its schema, for the end of a sentence. */
export function misfitOf({ issues }: z.ZodError): string {
  const member = issues[0]?.path.join('.') ?? '';
  return member === '' ? 'its top' : member;
}

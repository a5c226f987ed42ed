import { z } from 'zod';
import { DecimalText, Instant, Sha256Hex, Uuid } from '../../../shared/domain/escalation.ts';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { jcs } from '../../evidence/json/jcs.ts';
import { readCanonical } from '../log/canonical.ts';
import type { StatementSigner } from './decision-statement.ts';
import { type Envelope, pae } from './dsse.ts';
import { PAYLOAD_TYPE, STATEMENT_TYPE } from './statement.ts';

/** What an export's statement says, by name and version; a name that needs no network (RFC 2606). */
export const EXPORT_TYPE = 'https://vex-review-desk.example/export/v1';
const EXPORT_FAMILY = /^https:\/\/vex-review-desk\.example\/export\/v[1-9]\d*$/;
/** What a manifest's name ends in, after that of its export. */
export const MANIFEST_END = '.manifest.json';

/** The name of a file in the statement's own folder: never a path to somewhere else. */
const FileName = z.string().regex(/^[^/\\]{1,255}$/, 'is no name of a file');
const Asked = z.union([z.string(), z.boolean(), z.number().int(), z.array(z.string())]);

/** The predicate of an export, version 1 (docs/formats/export-v1.schema.json): its manifest, whose it is, and when made. */
export const ExportPredicate = z.strictObject({
  tenant: Uuid,
  made_at: Instant,
  file: z.string(),
  sha256: Sha256Hex,
  bytes: z.number().int().nonnegative(),
  records: z.number().int().nonnegative(),
  query: z.record(z.string(), Asked),
  generator: z.string(),
  checkpoint: z.strictObject({ size: DecimalText, root: Sha256Hex, note: z.string() }).exactOptional(),
});
export type ExportPredicate = z.infer<typeof ExportPredicate>;

const Subject = z.strictObject({ name: FileName, digest: z.strictObject({ sha256: Sha256Hex }) });

/** The whole payload: an in-toto Statement v1 whose subjects are the export and its manifest, in this order. */
export const ExportStatement = z.strictObject({
  _type: z.literal(STATEMENT_TYPE),
  subject: z.array(Subject).length(2),
  predicateType: z.literal(EXPORT_TYPE),
  predicate: ExportPredicate,
});
export type ExportStatement = z.infer<typeof ExportStatement>;

/** The export's own name, without its folder, and the SHA-256 of its manifest's bytes. */
export interface ExportSubjects {
  readonly name: string;
  readonly manifestSha256: string;
}

/** The export and its manifest signed: one DSSE signature. Throws where what is said does not fit the schema. */
export function signExport(
  { name, manifestSha256 }: ExportSubjects,
  predicate: ExportPredicate,
  { publicHex, sign }: StatementSigner,
): Envelope {
  const subject = [
    { name, digest: { sha256: predicate.sha256 } },
    { name: `${name}${MANIFEST_END}`, digest: { sha256: manifestSha256 } },
  ];
  const statement = { _type: STATEMENT_TYPE, subject, predicateType: EXPORT_TYPE, predicate };
  const payload = jcs(ExportStatement.parse(statement));
  const sig = sign(pae(PAYLOAD_TYPE, payload));
  return { payloadType: PAYLOAD_TYPE, payload, signatures: [{ keyid: publicHex, sig }] };
}

export type ExportRead =
  | { readonly ok: true; readonly statement: ExportStatement }
  /** UNKNOWN_STATEMENT: of a version that this desk does not know; nothing is said against it. */
  | { readonly ok: false; readonly code: 'UNKNOWN_STATEMENT' | 'NOT_A_STATEMENT'; readonly why: string };

const AnyStatement = z.looseObject({ _type: z.literal(STATEMENT_TYPE), predicateType: z.string() });

/** Whether the envelope is meant as an export's, of whatever version. */
export function isMeantAsExport({ payloadType, payload }: Envelope): boolean {
  return payloadType === PAYLOAD_TYPE && EXPORT_FAMILY.test(anyOf(payload)?.predicateType ?? '');
}

/** The export that an envelope is about; no signature is looked into. */
export function readExport({ payload }: Envelope): ExportRead {
  const any = anyOf(payload);
  if (any === null) return refuse('NOT_A_STATEMENT', 'The payload is no in-toto Statement in canonical form.');
  if (any.predicateType !== EXPORT_TYPE)
    return refuse('UNKNOWN_STATEMENT', 'It is of a version that this desk does not know.');
  const read = ExportStatement.safeParse(any);
  if (!read.success) {
    const member = read.error.issues[0]?.path.join('.') ?? '';
    return refuse('NOT_A_STATEMENT', `It does not fit its schema at ${member === '' ? 'its top' : member}.`);
  }
  const [file, manifest] = read.data.subject;
  const isOne = file?.digest.sha256 === read.data.predicate.sha256 && manifest?.name === `${file.name}${MANIFEST_END}`;
  return isOne
    ? { ok: true, statement: read.data }
    : refuse('NOT_A_STATEMENT', 'Its subjects are not an export and that export’s manifest.');
}

function anyOf(payload: Uint8Array): z.infer<typeof AnyStatement> | null {
  return AnyStatement.safeParse(readCanonical(decodeUtf8(payload))).data ?? null;
}

function refuse(code: 'UNKNOWN_STATEMENT' | 'NOT_A_STATEMENT', why: string): ExportRead {
  return { ok: false, code, why };
}

import { z } from 'zod';
import { DecimalText, Instant, Sha256Hex, Uuid } from '../../../shared/domain/escalation.ts';
import { jcs } from '../../evidence/json/jcs.ts';
import type { Envelope } from './dsse.ts';
import {
  misfitOf,
  NO_STATEMENT,
  ownStatement,
  refuse,
  type StatementRefusal,
  type StatementSigner,
  signStatement,
} from './own-statement.ts';
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
  signer: StatementSigner,
): Envelope {
  const subject = [
    { name, digest: { sha256: predicate.sha256 } },
    { name: `${name}${MANIFEST_END}`, digest: { sha256: manifestSha256 } },
  ];
  const statement = { _type: STATEMENT_TYPE, subject, predicateType: EXPORT_TYPE, predicate };
  return signStatement(jcs(ExportStatement.parse(statement)), signer);
}

export type ExportRead = { readonly ok: true; readonly statement: ExportStatement } | StatementRefusal;

/** Whether the envelope is meant as an export's, of whatever version. */
export function isMeantAsExport({ payloadType, payload }: Envelope): boolean {
  return payloadType === PAYLOAD_TYPE && EXPORT_FAMILY.test(ownStatement(payload)?.predicateType ?? '');
}

/** The export that an envelope is about; no signature is looked into. */
export function readExport({ payload }: Envelope): ExportRead {
  const any = ownStatement(payload);
  if (any === null) return NO_STATEMENT;
  if (any.predicateType !== EXPORT_TYPE)
    return refuse('UNKNOWN_STATEMENT', 'It is of a version that this desk does not know.');
  const read = ExportStatement.safeParse(any);
  if (!read.success) return refuse('NOT_A_STATEMENT', `It does not fit its schema at ${misfitOf(read.error)}.`);
  const [file, manifest] = read.data.subject;
  const isOne = file?.digest.sha256 === read.data.predicate.sha256 && manifest?.name === `${file.name}${MANIFEST_END}`;
  return isOne
    ? { ok: true, statement: read.data }
    : refuse('NOT_A_STATEMENT', 'Its subjects are not an export and that export’s manifest.');
}

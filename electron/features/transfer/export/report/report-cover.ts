import { DeskError } from '../../../../../shared/domain/errors.ts';
import { jcs } from '../../../../evidence/json/jcs.ts';
import { fingerprintOf } from '../../../../evidence/trust/fingerprint.ts';
import type { ReportCover } from '../../../../gateways/files/pdf/report-model.ts';
import type { StoredCheckpoint } from '../../../../store/ledger-store.ts';
import { originOf } from '../../../log/origin.ts';
import { signedHead } from '../../../log/signed-head.ts';
import { sha256Hex } from '../../../writing.ts';
import { type ExportRun, headOf } from '../export-run.ts';
import type { Redaction } from '../redaction.ts';

const PROVES = [
  'Each decision below is in the log that the checkpoint is the head of, at the entry that its page names.',
  'Who signed each statement, with which key, and which evidence it names by its digest: the log holds the statement itself.',
];
const PROVES_NOT = [
  'That the paper was not changed after it was printed: a bundle of the same log can be checked, paper cannot.',
  'That the log was never forked: one signer alone can still keep two; witnesses’ cosignatures are how to tell.',
  'That times are right: they are the desk’s clock.',
];

interface Counted {
  /** Decisions. */
  readonly rows: number;
  /** Records of the query. */
  readonly records: number;
  readonly redaction: Redaction;
}

/** The first page. INTERNAL where the checkpoint that was just signed does not verify. */
export async function reportCover(
  run: ExportRun,
  checkpoint: StoredCheckpoint,
  { rows, records, redaction }: Counted,
): Promise<ReportCover> {
  const { context, query, tenant } = run;
  const head = await signedHead(context, tenant, checkpoint);
  if (head === null)
    throw new DeskError('INTERNAL', 'The checkpoint of the report does not verify. Nothing was written.');
  const { uid } = await context.store.logHead(tenant);
  const all = await context.store.countRange({ tenant, status: 'all', now: context.clock.now() });
  return {
    title: 'Decisions',
    tenant,
    range: `${query.from ?? 'the beginning'} to ${query.to ?? 'the checkpoint'}; entries 0 to ${checkpoint.size - 1} of the log`,
    query: queryText(run, redaction),
    rows,
    left_out: leftOut(all.records - records, records - rows),
    generator: `vex-review-desk ${context.version}`,
    dated: checkpoint.madeAt,
    checkpoint: {
      origin: originOf(uid),
      size: head.size,
      root: head.root,
      signed_at: head.signed_at,
      key_fingerprint: fingerprintOf(head.key),
    },
    manifest_sha256: digestOfManifest(run, checkpoint, rows),
    proves: PROVES,
    proves_not: PROVES_NOT,
    sample: context.sample,
  };
}

/**
 * SHA-256 of what the report's manifest says without `file`, `sha256` and `bytes`, as RFC 8785: those three say what the
 * report is, and cannot stand in it.
 */
function digestOfManifest({ context, query }: ExportRun, checkpoint: StoredCheckpoint, records: number): string {
  const asked = context.sample ? { ...query, sample: true } : query;
  const generator = `vex-review-desk ${context.version}`;
  const defined = JSON.parse(JSON.stringify({ records, query: asked, generator, checkpoint: headOf(checkpoint) }));
  return sha256Hex(jcs(defined));
}

function queryText({ query }: ExportRun, { names }: Redaction): string {
  const parts = [
    query.status === 'all' ? 'every decision' : `decisions of records that are ${query.status}`,
    ...(query.search === undefined ? [] : [`that have “${query.search}”`]),
    ...(names.length === 0 ? [] : [`without ${names.join(', ')}`]),
  ];
  return parts.join(', ');
}

function leftOut(others: number, undecided: number): string {
  const parts = [
    ...(others > 0 ? [`${others} records that the query does not name`] : []),
    ...(undecided > 0 ? [`${undecided} that are not decided`] : []),
  ];
  return parts.length === 0 ? 'Nothing: every record is decided and here.' : `${parts.join(', and ')}.`;
}

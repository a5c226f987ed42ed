import type { Escalation, Outcome, Verdict } from '../../../../shared/domain/escalation.ts';
import type { EvidenceReport } from '../../../../shared/domain/verdict.ts';

/** RFC 3339 in UTC. */
type Instant = string;

/** What a printed report is made of (docs/formats/pdf.md): plain data, gathered by whoever exports. */
export interface ReportModel {
  readonly cover: ReportCover;
  /** One row a decision, in the order of the pages. */
  readonly summary: Rows<SummaryRow>;
  /** Read once, one after the other, so that a report of any length needs the room of one page. */
  readonly decisions: Rows<DecisionPage>;
}

export type Rows<T> = Iterable<T> | AsyncIterable<T>;

export interface ReportCover {
  readonly title: string;
  readonly tenant: string;
  readonly range: string;
  readonly query: string;
  readonly rows: number;
  /** What the query left out, and how many; a sentence. */
  readonly left_out: string;
  readonly generator: string;
  /** The date in the file: of the checkpoint or the end of the range, never the clock's. */
  readonly dated: Instant;
  readonly checkpoint: ReportCheckpoint | null;
  readonly manifest_sha256: string;
  /** Sentences. */
  readonly proves: readonly string[];
  readonly proves_not: readonly string[];
  /** Of the sample ledger: every page says so. */
  readonly sample: boolean;
}

export interface ReportCheckpoint {
  readonly origin: string;
  readonly size: string;
  readonly root: string;
  readonly signed_at: Instant;
  readonly key_fingerprint: string;
}

export interface SummaryRow {
  readonly number: number;
  readonly decided_at: Instant;
  readonly escalation_id: string;
  readonly outcome: Outcome;
  readonly reason_code: string | null;
  /** Null where nobody's name is known, or it is withheld. */
  readonly reviewer: string | null;
  readonly evidence: Verdict;
}

export interface DecisionPage {
  readonly number: number;
  readonly escalation: Pick<
    Escalation,
    'record' | 'request' | 'decision' | 'deadline' | 'evidence' | 'findings' | 'dissents'
  >;
  /** Of each piece of evidence, in its order; null for a piece that has nothing to verify or was not. */
  readonly reports: readonly (PieceReport | null)[];
  /** The record's time while it waited; null where it came here decided. */
  readonly escalated_at: Instant | null;
  /** When the view that was decided on was shown; null where that is not known. */
  readonly shown_at: Instant | null;
  /** Null for a decision that this desk did not record. */
  readonly statement: StatementFacts | null;
  readonly corrections: readonly Correction[];
  /** Names of fields that the export leaves out, such as `reason`: their commitments stay in the log. */
  readonly withheld: readonly string[];
}

export type PieceReport = Pick<EvidenceReport, 'verdict' | 'profile' | 'findings' | 'checks'>;

/** The decision's signed statement and its place in the log. */
export interface StatementFacts {
  /** `reviewer`, `desk`, or null where the event says `unsigned`. */
  readonly signed_by: 'reviewer' | 'desk' | null;
  readonly signer: string | null;
  readonly key_fingerprint: string | null;
  /** The leaf's number in the tenant's log, from 0. */
  readonly log_index: string;
  readonly leaf_sha256: string;
  readonly view_sha256: string;
}

export interface Correction {
  readonly at: Instant;
  readonly by: string | null;
  readonly reason: string | null;
}

/** Takes the file's bytes in order. */
export interface ReportSink {
  write(bytes: Uint8Array): Promise<void>;
}

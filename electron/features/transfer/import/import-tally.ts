import type { ImportSummary } from '../../../../shared/contract/transfer.ts';
import type { RecordOutcome } from '../../../store/ledger-store.ts';

type Counts = Omit<ImportSummary, 'read' | 'refused' | 'rows'>;

/** Counts what became of the records of an import, in all and by tenant. */
export class ImportTally {
  readonly all: Counts = none();
  private readonly tenants = new Map<string, Counts>();
  unattached = 0;

  add(tenant: string, outcome: RecordOutcome): void {
    for (const counts of [this.all, this.of(tenant)]) {
      counts[outcome.result === 'conflict' ? 'conflicts' : outcome.result] += 1;
      counts.evidence += outcome.newEvidence;
    }
  }

  addEvidence(tenant: string): void {
    for (const counts of [this.all, this.of(tenant)]) counts.evidence += 1;
  }

  /** Tenants of which something was taken over or looked at, with their counts. */
  byTenant(): Iterable<[string, Counts]> {
    return this.tenants;
  }

  summary(refused: number, rows: Record<string, number>): ImportSummary {
    const { imported, updated, unchanged, conflicts, evidence } = this.all;
    const read = imported + updated + unchanged + conflicts + refused;
    return { read, imported, updated, unchanged, conflicts, refused, evidence, rows };
  }

  private of(tenant: string): Counts {
    let counts = this.tenants.get(tenant);
    if (counts === undefined) {
      counts = none();
      this.tenants.set(tenant, counts);
    }
    return counts;
  }
}

function none(): Counts {
  return { imported: 0, updated: 0, unchanged: 0, conflicts: 0, evidence: 0 };
}

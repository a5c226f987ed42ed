import type { PageQuery } from '../../../electron/store/ledger-store.ts';
import { BareReads, DUE_WITHIN_MS } from '../bare/reads.ts';
import { alternate, type Rounds } from '../measure.ts';
import { SeededRandom } from '../random.ts';
import type { Testbed } from '../testbed.ts';

const ROUNDS = 300;
const DAY_MS = 86_400_000;
const SEARCH_BUDGET_MS = 20;

/** The queue as a reviewer opens it: a hundred active ones, soonest deadline first, with the counts. */
export function measureFirstPage(bed: Testbed): Promise<Rounds> {
  return onBothSides(bed, async (store, bare) => {
    const now = bed.clock.now();
    const query = pageOf(bed);
    return alternate(
      bed.rounds(ROUNDS),
      async () => expectRows((await store.page(query)).rows.length),
      () => expectRows(bare.firstPage(now)),
    );
  });
}

/** A page from the middle of the queue, another place each time. */
export function measureDeepPage(bed: Testbed): Promise<Rounds> {
  return onBothSides(bed, async (store, bare) => {
    const now = bed.clock.now();
    const random = new SeededRandom(2);
    const places = Array.from({ length: ROUNDS }, () => now + random.below(25 * DAY_MS));
    const place = (round: number) => places[round] ?? now;
    return alternate(
      bed.rounds(ROUNDS),
      async (round) =>
        expectRows(
          (await store.page({ ...pageOf(bed), from_instant: new Date(place(round)).toISOString() })).rows.length,
        ),
      (round) => expectRows(bare.deepPage(now, place(round))),
    );
  });
}

/** The counts alone, as a notice of a change asks for them. */
export function measureCounts(bed: Testbed): Promise<Rounds> {
  return onBothSides(bed, async (store, bare) => {
    const { tenant } = bed.ledger;
    const now = bed.clock.now();
    return alternate(
      bed.rounds(ROUNDS),
      () => store.counts({ tenant, now, dueWithinMs: DUE_WITHIN_MS }),
      () => bare.counts(now),
    );
  });
}

/** What people look for: common and rare words, beginnings of words, several words, a phrase, an id, and nothing. */
const SEARCHES: readonly { readonly text: string; readonly expression: string }[] = [
  { text: 'customers', expression: '"customers" *' },
  { text: 'c', expression: '"c" *' },
  { text: 'REF-0000123', expression: '"REF-0000123" *' },
  { text: 'payroll wire', expression: '"payroll" * "wire" *' },
  { text: '"open dispute"', expression: '"open dispute"' },
  { text: 'rotterdam quartermaster grant', expression: '"rotterdam" * "quartermaster" * "grant" *' },
  { text: 'nowhere', expression: '"nowhere" *' },
];

/** Searches in the whole ledger, newest first, one after the other. */
export function measureSearch(bed: Testbed): Promise<Rounds> {
  return onBothSides(bed, async (store, bare) => {
    const now = bed.clock.now();
    const search = (round: number) => SEARCHES[round % SEARCHES.length] ?? { text: '', expression: '""' };
    return alternate(
      bed.rounds(ROUNDS),
      (round) => store.page({ ...pageOf(bed), status: 'all', search: search(round).text }),
      (round) => bare.search(now, search(round).expression),
    );
  });
}

/** One escalation with its evidence, decision and history, and the digest of what is shown. */
export function measureOpen(bed: Testbed): Promise<Rounds> {
  return onBothSides(bed, async (store, bare) => {
    const { tenant } = bed.ledger;
    const now = bed.clock.now();
    const keys = bare.someKeys(ROUNDS);
    const key = (round: number) => keys[round % keys.length] ?? { id: '', event: '' };
    return alternate(
      bed.rounds(ROUNDS),
      async (round) => expectRows((await store.read({ tenant, ...key(round) }, now))?.view.length ?? 0),
      (round) => expectRows(bare.open(key(round).id, key(round).event)),
    );
  });
}

async function onBothSides(
  bed: Testbed,
  measure: (store: Parameters<Parameters<Testbed['withStore']>[0]>[0], bare: BareReads) => Promise<Rounds>,
): Promise<Rounds> {
  return bed.withStore(async (store) => {
    const bare = new BareReads(bed.store, bed.ledger.tenant);
    try {
      return await measure(store, bare);
    } finally {
      bare.close();
    }
  });
}

function pageOf(bed: Testbed): PageQuery {
  return {
    tenant: bed.ledger.tenant,
    status: 'active',
    view: 'all',
    limit: 100,
    direction: 'after',
    now: bed.clock.now(),
    dueWithinMs: DUE_WITHIN_MS,
    searchBudgetMs: SEARCH_BUDGET_MS,
  };
}

/** A time in which nothing was read is none. */
function expectRows(rows: number): void {
  if (rows === 0) throw new Error('Nothing was read.');
}

import type { Reader, Writer } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';

/** Takes or renews the named lease; false while another owner's has not run out. */
export function takeLease(db: Writer, lease: { name: string; owner: string; now: number; untilMs: number }): boolean {
  return db.run(take, lease).changes === 1;
}

/** How many leases whose name begins with `prefix` are held now. */
export function countLeases(db: Reader, prefix: string, now: number): number {
  return db.get(count, { prefix, beyond: `${prefix}\u{10ffff}`, now })?.n ?? 0;
}

const take = statement<{ name: string; owner: string; now: number; untilMs: number }>()((arg) =>
  queries
    .insertInto('leases')
    .values({ name: arg.name, owner: arg.owner, until_ms: arg.untilMs })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ owner: arg.owner, until_ms: arg.untilMs })
        .where((eb) => eb.or([eb('leases.owner', '=', arg.owner), eb('leases.until_ms', '<=', arg.now)])),
    ),
);

const count = statement<{ prefix: string; beyond: string; now: number }>()((arg) =>
  queries
    .selectFrom('leases')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('name', '>=', arg.prefix)
    .where('name', '<', arg.beyond)
    .where('until_ms', '>', arg.now),
);

import type { Writer } from './connection.ts';
import { queries, statement } from './statement.ts';

/** Takes or renews the named lease; false while another owner's has not run out. */
export function takeLease(db: Writer, lease: { name: string; owner: string; now: number; untilMs: number }): boolean {
  return db.run(take, lease).changes === 1;
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

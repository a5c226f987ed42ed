import { instantText } from '../../../../shared/domain/clock.ts';
import type { Status } from '../../../../shared/domain/escalation.ts';
import type { Hidden, LedgerEventKind, Said } from '../../../../shared/domain/ledger-event.ts';
import { makeLeaf } from '../../../audit/log/leaf.ts';
import type { Write } from '../../ledger-store.ts';
import { type NewChange, noteChanges, noteEscalations } from '../base/changes.ts';
import type { Writer } from '../base/connection.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';
import { addCounts, type CountsDelta, NO_DELTA } from './counts.ts';
import { growTiles } from './log-tiles.ts';
import { profileName } from './profiles.ts';
import { storeEpoch, storeLogSize, type TenantRow } from './tenants.ts';

/** What the counts know of an escalation. */
export interface Counted {
  readonly status: Status;
  readonly deceptive: boolean;
  readonly failed: boolean;
}

/** The event as the log keeps it: its number in the tenant, the hash of its leaf, and what stands in that for its fields. */
export interface LoggedEvent {
  readonly seq: number;
  readonly leafSha256: Uint8Array;
  readonly commitments: Readonly<Record<string, string>>;
}

/**
 * One write in one tenant's ledger, inside a transaction: collects what goes with the rows it changes (ledger events,
 * counts, notices), so that all commit together (I2). `finish` must be its last call.
 */
export class TenantWrite {
  readonly db: Writer;
  readonly tenant: TenantRow;
  readonly write: Write;
  readonly #engine: Engine;
  readonly #actor: { name: string; profile: string };
  readonly #changedEscalations = new Set<number>();
  #otherChanges: NewChange[] = [];
  #queueChanged = false;
  #leafHashes: Uint8Array[] = [];
  #delta: CountsDelta = NO_DELTA;

  constructor(engine: Engine, db: Writer, tenant: TenantRow, write: Write) {
    this.#engine = engine;
    this.db = db;
    this.tenant = tenant;
    this.write = write;
    this.#actor = { name: profileName(db, write.by), profile: write.by };
  }

  /**
   * Appends an event to the tenant's log; the actor is added to what is hidden. Fields named in `salts` are committed to
   * under those, the others under fresh ones.
   */
  log<K extends LedgerEventKind>(
    said: Said<K>,
    hidden: Omit<Hidden<K>, 'actor'>,
    escalationId: number | null,
    salts: Readonly<Record<string, Uint8Array>> = {},
  ): LoggedEvent {
    const seq = this.tenant.logSize + this.#leafHashes.length;
    const place = { seq, at: instantText(this.write.now), tenant: this.tenant.uid };
    const all = { ...hidden, actor: this.#actor } as unknown as Hidden<K>;
    const leaf = makeLeaf(place, said, all, (length) => this.#engine.ids.bytes(length), salts);
    const { lastInsertRowid } = this.db.run(insertEvent, {
      tenant_id: this.tenant.tenantId,
      seq,
      escalation_id: escalationId,
      leaf: leaf.bytes,
      leaf_sha256: leaf.sha256,
      kind: said.kind,
    });
    for (const { name, salt, value } of leaf.fields)
      this.db.run(insertField, { event_id: lastInsertRowid, name, salt, value });
    this.#leafHashes.push(leaf.sha256);
    return { seq, leafSha256: leaf.sha256, commitments: leaf.commitments };
  }

  /** Counts an escalation in (by 1) or out (by -1) of a status. */
  count({ status, deceptive, failed }: Counted, by: 1 | -1): void {
    const d = this.#delta;
    const active = status === 'ESCALATED';
    this.#delta = {
      active: d.active + (active ? by : 0),
      resolved: d.resolved + (status === 'RESOLVED' ? by : 0),
      expired: d.expired + (status === 'EXPIRED' ? by : 0),
      deceptive: d.deceptive + (active && deceptive ? by : 0),
      failed: d.failed + (active && failed ? by : 0),
    };
    this.#queueChanged = true;
  }

  /** Tells other processes that the escalation, and so the list, is not what it was. */
  changed(escalationId: number): void {
    this.#changedEscalations.add(escalationId);
    this.#queueChanged = true;
  }

  /** Tells of the list alone. */
  changedQueue(): void {
    this.#queueChanged = true;
  }

  changedTopic(topic: 'settings' | 'hold' | 'keys', escalationId: number | null = null): void {
    this.#otherChanges.push({ tenantId: this.tenant.tenantId, topic, escalationId });
  }

  /** Lets all be judged anew: what the tenant trusts has changed. Nothing of what was found is rewritten. */
  newEpoch(): void {
    storeEpoch(this.db, this.tenant.tenantId);
    this.#otherChanges.push({ tenantId: this.tenant.tenantId, topic: 'escalation', escalationId: null });
    this.#queueChanged = true;
  }

  /** An id that was not given out before. */
  newId(): string {
    return this.#engine.ids.uuid();
  }

  /** Writes what was collected. */
  finish(): void {
    const tenantId = this.tenant.tenantId;
    this.#growLog();
    if (this.#delta !== NO_DELTA) addCounts(this.db, tenantId, this.#delta);
    noteEscalations(this.db, tenantId, this.#changedEscalations);
    const queue: NewChange[] =
      this.#queueChanged && this.#changedEscalations.size === 0
        ? [{ tenantId, topic: 'queue', escalationId: null }]
        : [];
    noteChanges(this.db, [...queue, ...this.#otherChanges]);
  }

  #growLog(): void {
    const { tenantId, logSize } = this.tenant;
    if (this.#leafHashes.length === 0) return;
    growTiles(this.db, tenantId, logSize, this.#leafHashes);
    storeLogSize(this.db, tenantId, logSize + this.#leafHashes.length);
  }
}

const insertEvent = statement<{
  tenant_id: number;
  seq: number;
  escalation_id: number | null;
  leaf: Uint8Array;
  leaf_sha256: Uint8Array;
  kind: string;
}>()((arg) =>
  queries.insertInto('ledger_events').values({
    tenant_id: arg.tenant_id,
    seq: arg.seq,
    escalation_id: arg.escalation_id,
    leaf: arg.leaf,
    leaf_sha256: arg.leaf_sha256,
    kind: arg.kind,
  }),
);
const insertField = statement<{ event_id: number; name: string; salt: Uint8Array; value: Uint8Array }>()((arg) =>
  queries
    .insertInto('event_fields')
    .values({ event_id: arg.event_id, name: arg.name, salt: arg.salt, value: arg.value }),
);

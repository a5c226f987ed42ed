import type { LedgerStore } from '../ledger-store.ts';
import { changesSince } from './base/changes.ts';
import type { Engine } from './base/engine.ts';
import type { ListPlace } from './base/list-place.ts';
import { attach, claim, release } from './decision/claims.ts';
import { correct, decisionEvent } from './decision/correct.ts';
import { decide } from './decision/decide.ts';
import { putDraft, readDraft } from './decision/drafts.ts';
import { target } from './decision/guard.ts';
import { hold } from './decision/hold.ts';
import { cancelHold, findHold, holdsOf, releaseOrphans } from './decision/holds.ts';
import { evidenceBytes, someEvidence } from './escalation/evidence.ts';
import { judgeSubject, saveJudgements } from './escalation/judge.ts';
import { findById, matchPacket, readEscalation } from './escalation/read.ts';
import { record, recordBatch } from './escalation/record.ts';
import { findRow } from './escalation/rows.ts';
import { sourceRowsAfter } from './escalation/source-rows.ts';
import { countToJudge, toJudge } from './escalation/to-judge.ts';
import { backUp, recordBackup } from './file/backup.ts';
import { readBackup, restoreBackup } from './file/restore.ts';
import { addOwnKey, readOwnKeys, updateOwnKey } from './keys/own-keys.ts';
import { dropOffer, endTrust, offerTrust, pinTrust, readTrust } from './keys/trust.ts';
import { contentsAfter } from './list/contents.ts';
import { activeIdsAfter, countRange, exportAfter } from './list/export.ts';
import { readPage } from './list/page.ts';
import { type DeadlinePlace, type DecidedPlace, decidedAfter, overdueAfter } from './list/report.ts';
import { readSearchPage } from './list/search.ts';
import { acceptLog } from './log/accept.ts';
import { checkLog } from './log/check.ts';
import { keepCheckpoint, readCheckpoints, saveCheckpoint } from './log/checkpoints.ts';
import { addCosignatures } from './log/cosignatures.ts';
import { logEvent, logRangeAfter, logRows } from './log/events.ts';
import { logHead, logRoot, proveConsistency, proveInclusion } from './log/proofs.ts';
import { legalHolds, liftLegalHold, setLegalHold } from './retention/legal-holds.ts';
import { retentionDue } from './retention/preview.ts';
import { removeDue } from './retention/remove.ts';
import { readCounts } from './tenant/counts.ts';
import { appendReport, putJob, readJob, readJobs, readReport, recordTransfer } from './tenant/jobs.ts';
import { countLeases, takeLease } from './tenant/leases.ts';
import { readLogVerdict, saveLogVerdict } from './tenant/log-verdict.ts';
import { once, onceForDesk } from './tenant/once.ts';
import { changeProfile, insertProfile, readProfiles, readRoles } from './tenant/profiles.ts';
import { moveSchedule, readSchedules, removeSchedule, saveSchedule } from './tenant/schedules.ts';
import { saveSettings } from './tenant/settings.ts';
import { findTenant, requireTenant, tenantNames } from './tenant/tenants.ts';

/** The store on one SQLite file: what each operation promises is said in ledger-store.ts. */
export function sqliteStore(engine: Engine): LedgerStore {
  return {
    ...reading(engine),
    ...counting(engine),
    ...writing(engine),
    ...judging(engine),
    ...keys(engine),
    ...auditLog(engine),
    ...keeping(engine),
    ...deskWide(engine),
    ...scheduled(engine),
    ...betweenProcesses(engine),
  };
}

type Part<K extends keyof LedgerStore> = Pick<LedgerStore, K>;

function reading(
  engine: Engine,
): Part<
  | 'tenants'
  | 'page'
  | 'counts'
  | 'find'
  | 'read'
  | 'exportBatches'
  | 'countRange'
  | 'activeIds'
  | 'sourceRows'
  | 'evidenceBytes'
  | 'evidencePieces'
  | 'matchPacket'
> {
  return {
    tenants: async () => engine.read(tenantNames),
    page: async (query) =>
      engine.read((db) =>
        query.search === undefined ? readPage(db, query) : readSearchPage(db, query, () => engine.clock.monotonic()),
      ),
    counts: async ({ tenant, now, by = null, dueWithinMs }) =>
      engine.read((db) => readCounts(db, { tenantId: requireTenant(db, tenant).tenantId, now, by, dueWithinMs })),
    find: async (tenant, id) => engine.read((db) => findById(db, tenant, id)),
    read: async (key, now) => engine.read((db) => readEscalation(db, key, now)),
    exportBatches: (query) =>
      batches(
        (from: ListPlace | null) => engine.read((db) => exportAfter(db, query, from)),
        ({ batch }) => batch,
      ),
    countRange: async (query) => engine.read((db) => countRange(db, query)),
    activeIds: (tenant) =>
      batches(
        (from: ListPlace | null) => engine.read((db) => activeIdsAfter(db, tenant, from)),
        ({ ids }) => ids,
      ),
    sourceRows: (tenant) =>
      batches(
        (from: number | null) => nextSourceRows(engine, tenant, from),
        ({ rows }) => rows,
      ),
    evidenceBytes: async (tenant, sha256) =>
      engine.read((db) => {
        const tenantId = findTenant(db, tenant)?.tenantId;
        return tenantId === undefined ? null : evidenceBytes(db, tenantId, sha256);
      }),
    evidencePieces: (tenant, sha256s) =>
      batches(
        (rest: Iterator<string> | null) =>
          engine.read((db) => someEvidence(db, tenant, rest ?? sha256s[Symbol.iterator]())),
        ({ pieces }) => pieces,
      ),
    matchPacket: async (tenant, match) => engine.read((db) => matchPacket(db, tenant, match)),
  };
}

function counting(engine: Engine): Part<'decided' | 'overdue' | 'contents'> {
  return {
    decided: (query) =>
      batches(
        (from: DecidedPlace | null) => engine.read((db) => decidedAfter(db, query, from)),
        ({ batch }) => batch,
      ),
    overdue: (query) =>
      singly(
        batches(
          (from: DeadlinePlace | null) => engine.read((db) => overdueAfter(db, query, from)),
          ({ found }) => [found],
        ),
      ),
    contents: (query) =>
      batches(
        (from: ListPlace | null) => engine.read((db) => contentsAfter(db, query, from)),
        ({ batch }) => batch,
      ),
  };
}

function writing(
  engine: Engine,
): Part<
  | 'recordBatch'
  | 'record'
  | 'claim'
  | 'release'
  | 'attach'
  | 'decide'
  | 'correct'
  | 'hold'
  | 'cancelHold'
  | 'pending'
  | 'readPending'
  | 'releaseOrphanedHolds'
  | 'draft'
  | 'saveDraft'
  | 'settings'
  | 'saveSettings'
  | 'recordTransfer'
> {
  return {
    recordBatch: async (batch) => recordBatch(engine, batch),
    record: async (write, row) => record(engine, write, row),
    claim: async (write, target) => claim(engine, write, target),
    release: async (write, target) => release(engine, write, target),
    attach: async (write, target) => attach(engine, write, target),
    decide: async (write, decision) => decide(engine, write, decision),
    correct: async (write, target) => correct(engine, write, target),
    hold: async (write, pending) => hold(engine, write, pending),
    cancelHold: async (write, pendingId, because) => cancelHold(engine, write, pendingId, because),
    pending: async (tenant) => engine.read((db) => holdsOf(db, tenant, engine.clock.now())),
    readPending: async (tenant, pendingId) => engine.read((db) => findHold(db, tenant, pendingId, engine.clock.now())),
    releaseOrphanedHolds: async (alive) => engine.write((db) => releaseOrphans(db, alive)),
    draft: async (key, profileId) =>
      engine.read((db) => {
        const tenantId = findTenant(db, key.tenant)?.tenantId;
        const row = tenantId === undefined ? undefined : findRow(db, tenantId, key);
        return row === undefined ? null : readDraft(db, row.escalation_id, profileId);
      }),
    saveDraft: async (write, key, draft) => {
      once(engine, write, {}, (tx) => {
        putDraft(tx.db, target(tx, { key }).escalation_id, write.by, draft);
        return null;
      });
    },
    settings: async (tenant) => engine.read((db) => requireTenant(db, tenant).settings),
    saveSettings: async (write, settings) => saveSettings(engine, write, settings),
    recordTransfer: async (write, transfer) => recordTransfer(engine, write, transfer),
  };
}

function judging(engine: Engine): Part<'toJudge' | 'countToJudge' | 'judgeSubject' | 'saveJudgements'> {
  return {
    toJudge: async (query) => engine.read((db) => toJudge(db, query)),
    countToJudge: async (tenant, now) => engine.read((db) => countToJudge(db, tenant, now)),
    judgeSubject: async (key, now, force = false) => engine.read((db) => judgeSubject(db, key, now, force)),
    saveJudgements: async (tenant, judgements, now) => saveJudgements(engine, tenant, judgements, now),
  };
}

function keys(
  engine: Engine,
): Part<'trust' | 'offerTrust' | 'pinTrust' | 'dropOffer' | 'endTrust' | 'ownKeys' | 'addOwnKey' | 'updateOwnKey'> {
  return {
    trust: async (tenant) => engine.read((db) => readTrust(db, tenant)),
    offerTrust: async (write, offer) => offerTrust(engine, write, offer),
    pinTrust: async (write, pins, replaces) => pinTrust(engine, write, pins, replaces ?? null),
    dropOffer: async (write, entryId) => dropOffer(engine, write, entryId),
    endTrust: async (write, end) => endTrust(engine, write, end),
    ownKeys: async () => engine.read(readOwnKeys),
    addOwnKey: async (write, key, replaces) => addOwnKey(engine, write, key, replaces ?? null),
    updateOwnKey: async (write, keyId, change) => updateOwnKey(engine, write, keyId, change),
  };
}

function auditLog(
  engine: Engine,
): Part<
  | 'logHead'
  | 'logRoot'
  | 'logRows'
  | 'logEvent'
  | 'logRange'
  | 'inclusionProof'
  | 'consistencyProof'
  | 'decisionEvent'
  | 'checkpoints'
  | 'saveCheckpoint'
  | 'keepCheckpoint'
  | 'addCosignatures'
  | 'checkLog'
  | 'saveLogVerdict'
  | 'logVerdict'
  | 'acceptLog'
> {
  return {
    logHead: async (tenant) => engine.read((db) => logHead(db, tenant)),
    logRoot: async (tenant, size) => engine.read((db) => logRoot(db, tenant, size)),
    logRows: async (query) => engine.read((db) => logRows(db, query)),
    logEvent: async (tenant, seq) => engine.read((db) => logEvent(db, tenant, seq)),
    logRange: (tenant, from, to, kind) =>
      batches(
        (next: number | null) => engine.read((db) => logRangeAfter(db, tenant, { from: next ?? from, to, kind })),
        ({ events }) => events,
      ),
    inclusionProof: async (tenant, seq, size) => engine.read((db) => proveInclusion(db, tenant, seq, size)),
    consistencyProof: async (tenant, older, size) => engine.read((db) => proveConsistency(db, tenant, older, size)),
    decisionEvent: async (key) => engine.read((db) => decisionEvent(db, key)),
    checkpoints: async (tenant, limit) => engine.read((db) => readCheckpoints(db, tenant, limit)),
    saveCheckpoint: async (tenant, checkpoint) => engine.write((db) => saveCheckpoint(db, tenant, checkpoint)),
    keepCheckpoint: async (write, checkpoint) => keepCheckpoint(engine, write, checkpoint),
    addCosignatures: async (write, added) => addCosignatures(engine, write, added),
    checkLog: (tenant) => checkLog(engine, tenant),
    saveLogVerdict: async (tenant, found, full) => engine.write((db) => saveLogVerdict(db, tenant, found, full)),
    logVerdict: async (tenant) => engine.read((db) => readLogVerdict(db, tenant)),
    acceptLog: async (write, accepted) => acceptLog(engine, write, accepted),
  };
}

/** Freed pages that are given back in one step. */
const PAGES_AT_ONCE = 2_000;

function keeping(
  engine: Engine,
): Part<
  | 'retentionDue'
  | 'removeDue'
  | 'reclaim'
  | 'compact'
  | 'legalHolds'
  | 'setLegalHold'
  | 'liftLegalHold'
  | 'backUp'
  | 'recordBackup'
  | 'readBackup'
  | 'restoreBackup'
> {
  return {
    retentionDue: (tenant, rules) => retentionDue(engine, tenant, rules),
    removeDue: async (write, step) => removeDue(engine, write, step),
    reclaim: async () => ({ left: engine.reclaim(PAGES_AT_ONCE) }),
    compact: async (mostBytes) => (mostBytes === null || engine.bytes <= mostBytes) && engine.compact(),
    legalHolds: async (tenant) => engine.read((db) => legalHolds(db, tenant)),
    setLegalHold: async (write, hold) => setLegalHold(engine, write, hold),
    liftLegalHold: async (write, lift) => liftLegalHold(engine, write, lift),
    backUp: (target, watch) => backUp(engine, target, watch),
    recordBackup: async (write, backup) => recordBackup(engine, write, backup),
    readBackup,
    restoreBackup: (order, watch) => restoreBackup(engine, order, watch),
  };
}

function deskWide(
  engine: Engine,
): Part<
  'profiles' | 'makeProfile' | 'updateProfile' | 'rolesOf' | 'saveJob' | 'job' | 'jobs' | 'addReport' | 'report'
> {
  return {
    profiles: async () => engine.read(readProfiles),
    makeProfile: async (write, profile) =>
      onceForDesk(engine, write, (db) => {
        insertProfile(db, profile);
        return profile;
      }),
    updateProfile: async (write, profile) =>
      onceForDesk(engine, write, (db) => {
        changeProfile(db, profile);
        return profile;
      }),
    rolesOf: async (profileId, tenant) => engine.read((db) => readRoles(db, profileId, tenant)),
    saveJob: async (stored) => engine.write((db) => putJob(db, stored)),
    job: async (jobId) => engine.read((db) => readJob(db, jobId)),
    jobs: async (kind) => engine.read((db) => readJobs(db, kind ?? null)),
    addReport: async (jobId, rows) => engine.write((db) => appendReport(db, jobId, rows)),
    report: async (query) => engine.read((db) => readReport(db, query)),
  };
}

function scheduled(engine: Engine): Part<'schedules' | 'saveSchedule' | 'removeSchedule' | 'moveSchedule'> {
  return {
    schedules: async (tenant) => engine.read((db) => readSchedules(db, tenant)),
    saveSchedule: async (write, schedule, isNew) => saveSchedule(engine, write, schedule, isNew),
    removeSchedule: async (write, scheduleId) => removeSchedule(engine, write, scheduleId),
    moveSchedule: async (scheduleId, from, to) => engine.write((db) => moveSchedule(db, scheduleId, from, to)),
  };
}

function betweenProcesses(
  engine: Engine,
): Part<'changesSince' | 'movedElsewhere' | 'lease' | 'countLeases' | 'state' | 'close'> {
  let seen = engine.dataVersion();
  return {
    changesSince: async (cursor) => engine.read((db) => changesSince(db, cursor)),
    movedElsewhere: () => {
      const before = seen;
      seen = engine.dataVersion();
      return seen !== before;
    },
    lease: async (name, owner, now, untilMs) => engine.write((db) => takeLease(db, { name, owner, now, untilMs })),
    countLeases: async (prefix, now) => engine.read((db) => countLeases(db, prefix, now)),
    state: async () => ({
      place: engine.path,
      readOnly: engine.readOnly === null ? null : { code: 'STORE_READ_ONLY', reason: engine.readOnly },
      lastDurableWrite: engine.lastDurableWrite,
    }),
    close: async () => engine.close(),
  };
}

/** Reads batch after batch, each from a snapshot of its own, until there is no place to go on from. */
async function* batches<P, B extends { next: P | null }, T>(
  read: (from: P | null) => B,
  itemsOf: (batch: B) => T[],
): AsyncGenerator<T[]> {
  let from: P | null = null;
  do {
    const batch: B = read(from);
    const items = itemsOf(batch);
    if (items.length > 0) yield items;
    from = batch.next;
  } while (from !== null);
}

async function* singly<T>(lists: AsyncIterable<T[]>): AsyncGenerator<T> {
  for await (const list of lists) yield* list;
}

function nextSourceRows(engine: Engine, tenant: string, from: number | null) {
  return engine.read((db) => {
    const tenantId = findTenant(db, tenant)?.tenantId;
    return tenantId === undefined ? { rows: [], next: null } : sourceRowsAfter(db, tenantId, from ?? 0);
  });
}

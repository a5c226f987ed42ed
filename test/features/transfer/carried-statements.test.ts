import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signDecision } from '../../../electron/audit/statement/decision-statement.ts';
import { writeEnvelope } from '../../../electron/audit/statement/dsse.ts';
import type { DecisionForm } from '../../../shared/contract/decision.ts';
import type { ImportResult } from '../../../shared/contract/transfer.ts';
import type { CarriedStatement } from '../../../shared/domain/carried-statement.ts';
import type { Escalation, Evidence, Request } from '../../../shared/domain/escalation.ts';
import { type JudgedDesk, openJudgedDesk, TENANT } from '../evidence/judged-desk.ts';
import { foreignKey } from '../keys/keys-desk.ts';

type Line = Omit<Escalation, 'evidence'> & {
  evidence: (Evidence & { base64?: string })[];
  statement?: CarriedStatement;
};
type Form = Partial<DecisionForm> & { outcome: DecisionForm['outcome'] };

const SAYS = { reason: 'Checked by phone.', reason_code: 'OTHER' };
const HASH = { kind: 'hash', vep_hash: 'cd'.repeat(32) } as const;
/** Decisions of every kind, by their escalation; the first is signed by the desk, as there is no other key yet. */
const DECISIONS: readonly [id: string, form: Form][] = [
  ['esc-pay-0001', { outcome: 'rejected', ...SAYS }],
  ['esc-pay-0007', { outcome: 'approved', ...SAYS, resolution: { kind: 'seal' } }],
  ['esc-pay-0018', { outcome: 'rejected', ...SAYS, seal: {} }],
  ['esc-pay-0027', { outcome: 'approved', ...SAYS, resolution: HASH }],
  ['esc-pay-0029', { outcome: 'approved', ...SAYS, resolution: HASH, overrides: ['structure'] }],
  ['esc-pay-0013', { outcome: 'withdrawn', ...SAYS }],
];
const DESK_SIGNED = 'esc-pay-0001';
const SEALED = 'esc-pay-0007';
const HALTED = 'esc-pay-0018';
const BY_HASH = 'esc-pay-0027';

let desk: JudgedDesk;
let other: JudgedDesk;
let lines: Line[];
beforeAll(async () => {
  // Nothing is pinned but what a desk pins by itself: what keys say of evidence is another matter.
  desk = await openJudgedDesk({ pinned: false });
  other = await openJudgedDesk({ ledger: null });
  for (const [id, form] of DECISIONS) {
    await decide(id, form);
    if (id === DESK_SIGNED) await desk.client.keys.make({ ...desk.acting(), name: 'Ada' });
    await desk.atRest();
  }
  await decide(BY_HASH, { outcome: 'rejected', ...SAYS }).catch(() => undefined);
  lines = await exported(desk, TENANT);
});
afterAll(async () => {
  await desk.close();
  await other.close();
});

async function decide(id: string, form: Form): Promise<void> {
  const target = { tenant: TENANT, id };
  const { escalation } = await desk.client.escalation.get(target);
  const call = { ...desk.acting(), ...target, view_sha256: escalation.view_sha256, form: form as DecisionForm };
  await desk.client.decision.decide(call);
}

async function exported(from: JudgedDesk, tenant: string): Promise<Line[]> {
  const name = `${randomUUID()}.jsonl`;
  const target = from.desk.staging.stageTarget(join(from.home, name), { name, force: false });
  const query = { tenant, format: 'jsonl', status: 'all' } as const;
  await from.client.transfer.export({ by: from.by, idempotency_key: randomUUID(), query, target });
  await from.atRest();
  const text = readFileSync(join(from.home, name), 'utf8').trimEnd();
  return text.split('\n').map((line) => JSON.parse(line) as Line);
}

async function imported(into: JudgedDesk, some: readonly Line[]): Promise<ImportResult> {
  const path = into.write(Buffer.from(some.map((line) => JSON.stringify(line)).join('\n')));
  const { job_id } = await into.client.transfer.import({
    by: into.by,
    idempotency_key: randomUUID(),
    sources: [into.stage(path)],
  });
  await into.atRest();
  const { import_result } = await into.client.job.get({ job_id });
  if (import_result === null) throw new Error('the import has no result');
  return import_result;
}

function lineOf(id: string): Line {
  const found = lines.find(({ record }) => record.escalation_id === id);
  if (found === undefined) throw new Error(`${id} was not exported`);
  return structuredClone(found);
}

/** All but what is a store's own, and the verdicts, which follow from its keys. */
function lasting({ version: _v, claim: _c, delivery: _d, evidence, ...rest }: Line): unknown {
  return { ...rest, evidence: evidence.map(({ verdict: _verdict, ...piece }) => piece) };
}

async function logFailures(of: JudgedDesk, tenant: string): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const { failures } of of.desk.main.store.checkLog(tenant)) found.push(...failures);
  return found;
}

const decisionIn = async (of: JudgedDesk, tenant: string, id: string) =>
  (await of.client.escalation.get({ tenant, id })).escalation.decision;

/** Each line in a tenant of its own, which no statement names: what becomes of their decisions. */
async function outcomes(changed: readonly Line[]) {
  const tenants = changed.map(() => `of ${randomUUID()}`);
  const rows = changed.map((line, n) => ({ ...line, tenant: tenants[n] ?? '' }));
  const { findings } = await imported(other, rows);
  const found = [];
  for (const [n, row] of rows.entries()) {
    const decision = await decisionIn(other, row.tenant, row.record.escalation_id);
    const codes = findings.filter(({ locator }) => locator === String(n + 1)).map(({ code }) => code);
    found.push({ signed: decision?.signed, sealed: decision?.sealed, codes });
  }
  return found;
}

describe('jsonl with signed statements (docs/formats/export.md)', () => {
  test('decisions made here, sealed and not, by reviewer and desk, and a dissent, come back as the same lines', async () => {
    for (const [id, { outcome }] of DECISIONS) {
      const { decision, statement } = lineOf(id);
      expect(decision).toMatchObject({ outcome, signed: true, sealed: id === SEALED || id === HALTED });
      expect(statement?.envelope.signatures).toHaveLength(1);
    }
    expect(lineOf(BY_HASH).dissents).toHaveLength(1);
    const result = await imported(other, lines);
    expect(result).toMatchObject({ imported: lines.length, conflicts: 0, refused: 0 });
    expect(result.findings.filter(({ code }) => /^(STATEMENT|SEAL)_/.test(code))).toEqual([]);
    const again = await exported(other, TENANT);
    expect(again.map(lasting)).toEqual(lines.map(lasting));
    expect(again.map(({ statement }) => JSON.stringify(statement))).toEqual(
      lines.map(({ statement }) => JSON.stringify(statement)),
    );
    expect(await logFailures(other, TENANT)).toEqual([]);
    expect(await imported(other, again)).toMatchObject({ imported: 0, updated: 0, unchanged: lines.length });
  });

  test('I6: that a decision came signed is verified by no key but a pinned one, and said so', async () => {
    const tenant = `pinning ${randomUUID()}`;
    await imported(other, [{ ...lineOf(SEALED), tenant }]);
    const proof = async () => (await other.client.escalation.get({ tenant, id: SEALED })).proof;
    const before = await proof();
    expect(before).toMatchObject({
      brought: true,
      statement: { verdict: 'unchecked', key: null, signed_by: 'reviewer' },
    });
    expect(before?.statement?.detail).toContain('not pinned here');
    const { own } = await desk.client.keys.list({ tenant: TENANT });
    const ada = own.find(({ purpose }) => purpose === 'reviewer');
    expect(before).toMatchObject({ fingerprint: ada?.fingerprint });
    await other.pin(tenant, [
      { name: 'Ada of the other desk', purpose: 'reviewer', public_hex: ada?.public_hex ?? '' },
    ]);
    await other.atRest();
    expect((await proof())?.statement).toMatchObject({ verdict: 'verified', key: { name: 'Ada of the other desk' } });
    const strange = `strange ${randomUUID()}`;
    await imported(other, [{ ...lineOf(SEALED), tenant: strange }]);
    await other.pin(strange, [foreignKey('Grace', 'reviewer').entry]);
    await other.atRest();
    const { proof: still } = await other.client.escalation.get({ tenant: strange, id: SEALED });
    expect(still?.statement).toMatchObject({ verdict: 'unchecked', key: null });
  });

  test('a byte of a statement that is changed in the store differs from what the log committed to', async () => {
    const tenant = `flipped ${randomUUID()}`;
    await imported(other, [{ ...lineOf(SEALED), tenant }]);
    expect(await logFailures(other, tenant)).toEqual([]);
    const reason = lineOf(SEALED).statement?.salts.reason ?? '';
    const db = new Database(other.store);
    db.exec('DROP TRIGGER decisions_stay_as_they_are');
    const body = 'CAST(replace(CAST(d.body AS TEXT), ?, ?) AS BLOB)';
    const ofTenant =
      'SELECT escalation_id FROM escalations e JOIN tenants t USING (tenant_id) WHERE t.name = CAST(? AS BLOB)';
    const changes = db
      .prepare(`UPDATE decisions AS d SET body = ${body} WHERE escalation_id IN (${ofTenant})`)
      .run(reason, 'ab'.repeat(32), tenant).changes;
    db.close();
    expect(changes).toBe(1);
    expect(await logFailures(other, tenant)).toMatchObject([{ code: 'CONTENT' }]);
  });

  test('a statement whose salts a rule removed is left out, and its decision comes back unsigned', async () => {
    const source = await openJudgedDesk({ ledger: null });
    const id = 'to forget';
    const event_id = randomUUID();
    await source.client.escalation.record({ ...source.acting(), id, event_id });
    const { escalation } = await source.client.escalation.get({ tenant: TENANT, id });
    const form = { outcome: 'rejected', ...SAYS } as const;
    const shown = { id, view_sha256: escalation.view_sha256 };
    await source.client.decision.decide({ ...source.acting(), ...shown, form });
    expect((await exported(source, TENANT))[0]?.statement).toBeDefined();
    const db = new Database(source.store);
    db.exec('DELETE FROM event_fields');
    db.close();
    const [line] = await exported(source, TENANT);
    await source.close();
    expect(line?.decision?.signed).toBe(true);
    expect(line?.statement).toBeUndefined();
    expect(await outcomes([line as Line])).toEqual([{ signed: false, sealed: false, codes: ['STATEMENT_ABSENT'] }]);
  });
});

const UNSIGNED = { signed: false, sealed: false, codes: ['STATEMENT_NOT_HELD'] };

type Change = (line: Line & { statement: CarriedStatement; decision: NonNullable<Line['decision']> }) => void;
function changed(id: string, change: Change): Line {
  const line = lineOf(id);
  change(line as Parameters<Change>[0]);
  return line;
}

/** The statement signed anew by another key, which it names; on another row where one is given. */
function signedAnew({ envelope }: CarriedStatement, event?: string) {
  const { entry, signer } = foreignKey('Mallory', 'reviewer');
  const { subject, predicate } = JSON.parse(Buffer.from(envelope.payload, 'base64').toString()) as {
    subject: { name: string; digest: { sha256: string } }[];
    predicate: Record<string, unknown>;
  };
  const named = (name: string) => subject.find((one) => one.name === name)?.digest.sha256 ?? null;
  const evidence = subject.filter(({ name }) => name.startsWith('evidence/')).map(({ digest }) => digest.sha256);
  const subjects = { event: event ?? named('escalation-event') ?? '', resolution: named('resolution'), evidence };
  const key = { publicHex: entry.public_hex, sign: (message: Uint8Array) => signer.sign(message) };
  const { key: _key, ...rest } = predicate;
  return writeEnvelope(signDecision(subjects, rest as never, key)) as CarriedStatement['envelope'];
}

/** A source row of these bytes, as the request's. */
function piece(bytes: Buffer): Line['evidence'][number] {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const base64 = bytes.toString('base64');
  return { sha256, kind: 'source-row', role: 'escalation', bytes: bytes.length, verdict: null, base64 };
}

describe('I6: a line of which anything was changed', () => {
  const MUTATIONS: readonly [what: string, id: string, change: Change][] = [
    ['another outcome', BY_HASH, ({ decision }) => (decision.outcome = 'rejected')],
    ['another reason', SEALED, ({ decision }) => (decision.reason = 'Paid for.')],
    ['no reason', SEALED, ({ decision }) => delete decision.reason],
    ['another reviewer', SEALED, ({ decision }) => (decision.reviewer = 'Grace Hopper')],
    ['another reason code', SEALED, ({ decision }) => (decision.reason_code = 'NO_PROOF')],
    ['another time', SEALED, ({ decision }) => (decision.decided_at = '2026-11-22T12:00:01Z')],
    ['said to be from upstream', SEALED, ({ decision }) => (decision.source = 'upstream')],
    ['an override more', SEALED, ({ decision }) => decision.overrides.push('root')],
    ['an override less', 'esc-pay-0029', ({ decision }) => (decision.overrides = [])],
    ['less that was unchecked', BY_HASH, ({ decision }) => (decision.accepted_unchecked = [])],
    ['another packet', BY_HASH, ({ decision }) => (decision.vep_hash = 'ab'.repeat(32))],
    ['no packet', SEALED, ({ decision }) => delete decision.vep_hash],
    ['another packet of the record', BY_HASH, ({ record }) => (record.resolution_vep_hash = 'ab'.repeat(32))],
    ['another id', SEALED, ({ record }) => (record.escalation_id = 'esc-pay-9999')],
    ['another event', SEALED, ({ record }) => (record.escalation_event_id = randomUUID())],
    ['the statement of another decision', SEALED, (line) => (line.statement = lineOf(HALTED).statement as never)],
    ['no salt of the policy', SEALED, ({ statement }) => delete statement.salts.policy],
    ['another salt', SEALED, ({ statement }) => (statement.salts.reason = 'ab'.repeat(32))],
    [
      'a salt of what is not committed',
      SEALED,
      ({ statement }) => Object.assign(statement.salts, { outcome: 'ab'.repeat(32) }),
    ],
    [
      'another key in the envelope',
      SEALED,
      ({ statement }) => (statement.envelope.signatures[0].keyid = 'ab'.repeat(32)),
    ],
    ['no key in the envelope', SEALED, ({ statement }) => delete statement.envelope.signatures[0].keyid],
    [
      'two signatures',
      SEALED,
      ({ statement: { envelope } }) => (envelope.signatures as unknown[]).push(envelope.signatures[0]),
    ],
    ['no signature', SEALED, ({ statement: { envelope } }) => (envelope.signatures as unknown[]).pop()],
    ['another type', SEALED, ({ statement }) => (statement.envelope.payloadType = 'application/json')],
    [
      'a payload that is not canonical',
      SEALED,
      ({ statement }) =>
        (statement.envelope.payload = Buffer.concat([
          Buffer.from(statement.envelope.payload, 'base64'),
          Buffer.from(' '),
        ]).toString('base64')),
    ],
    ['no text in its place', SEALED, (line) => Object.assign(line, { statement: null })],
    ['an envelope alone', SEALED, (line) => Object.assign(line, { statement: line.statement.envelope })],
    [
      'a payload beyond all bounds',
      SEALED,
      ({ statement }) => (statement.envelope.payload = 'A'.repeat(5 * 1024 * 1024)),
    ],
    [
      'the row that was decided on gone',
      SEALED,
      (line) =>
        (line.evidence = line.evidence.filter(({ kind, role }) => kind !== 'source-row' || role !== 'escalation')),
    ],
    [
      'another signer, who does not name himself',
      SEALED,
      ({ statement }) => {
        const { key } = JSON.parse(Buffer.from(statement.envelope.payload, 'base64').toString()).predicate;
        const { signatures } = signedAnew(statement);
        statement.envelope = { ...statement.envelope, signatures: [{ keyid: key, sig: signatures[0].sig }] };
      },
    ],
  ];

  test('comes in unsigned and unsealed, and is told of', async () => {
    const found = await outcomes(MUTATIONS.map(([, id, change]) => changed(id, change)));
    const told = found.map(({ signed, sealed, codes }, n) => ({
      what: MUTATIONS[n]?.[0],
      signed,
      sealed,
      codes: codes.filter((code) => /^(STATEMENT|SEAL)_/.test(code)),
    }));
    expect(told).toEqual(MUTATIONS.map(([what]) => ({ what, ...UNSIGNED })));
    // The same line unchanged is signed and sealed, so that each of them fails by what was changed alone.
    expect(await outcomes([lineOf(SEALED)])).toEqual([{ signed: true, sealed: true, codes: [] }]);
  });

  test('another request under the same decision is not the one that was decided on', async () => {
    const line = lineOf(SEALED);
    const row = line.evidence.find(({ kind, role, base64 }) => {
      const text = Buffer.from(base64 ?? '', 'base64').toString();
      return (
        kind === 'source-row' &&
        role === 'escalation' &&
        text.includes(line.request?.event_id ?? '?') &&
        text.includes('"event_type"')
      );
    });
    expect(row).toBeDefined();
    const bytes = Buffer.from(row?.base64 ?? '', 'base64');
    const forged = Buffer.from(bytes.toString().replace(line.request?.action ?? '', 'something-else'));
    expect(forged.equals(bytes)).toBe(false);
    const before = { ...line, evidence: [piece(forged), ...line.evidence] };
    expect(await outcomes([before])).toEqual([UNSIGNED]);
    // What the line itself says of the request counts for nothing while its row is there.
    const tenant = `said ${randomUUID()}`;
    await imported(other, [{ ...line, tenant, request: { ...(line.request as Request), policy: 'none' } }]);
    const { escalation } = await other.client.escalation.get({ tenant, id: SEALED });
    expect(escalation.request?.policy).toBe(line.request?.policy);
    expect(escalation.decision).toEqual(line.decision);
  });

  test('nor under a statement of an older desk, which named the record’s row in place of the request’s', async () => {
    const line = lineOf(SEALED);
    const rows = line.evidence.filter(({ kind, role }) => kind === 'source-row' && role === 'escalation');
    const isEvent = ({ base64 }: Line['evidence'][number]) =>
      Buffer.from(base64 ?? '', 'base64')
        .toString()
        .includes('"event_type"');
    const [event, record] = [rows.find(isEvent), rows.find((row) => !isEvent(row))];
    const older = changed(SEALED, ({ statement }) => {
      statement.envelope = signedAnew(statement, record?.sha256);
    });
    const bytes = Buffer.from(event?.base64 ?? '', 'base64');
    const forgery = piece(Buffer.from(bytes.toString().replace(line.request?.action ?? '', 'something-else')));
    const without = older.evidence.filter(({ sha256 }) => sha256 !== event?.sha256);
    const found = await outcomes([
      older,
      { ...older, evidence: [forgery, ...older.evidence] },
      { ...older, evidence: [...without, forgery] },
      { ...older, evidence: without },
      { ...older, request: null, evidence: without },
    ]);
    expect(found.map(({ signed }) => signed)).toEqual([true, false, false, false, false]);
  });

  test('without any statement nothing is signed whatever it says, and only that is told', async () => {
    const bare = changed(SEALED, (line) => delete (line as Line).statement);
    const honest = changed(SEALED, (line) => {
      delete (line as Line).statement;
      line.decision.signed = false;
      line.decision.sealed = false;
    });
    expect(await outcomes([bare, honest])).toEqual([
      { signed: false, sealed: false, codes: ['STATEMENT_ABSENT'] },
      { signed: false, sealed: false, codes: [] },
    ]);
  });

  test('is sealed only by the packet of the statement’s own signer', async () => {
    const without = changed(
      SEALED,
      (line) => (line.evidence = line.evidence.filter(({ sha256 }) => sha256 !== line.decision.vep_hash)),
    );
    const brought = changed(BY_HASH, ({ decision }) => (decision.sealed = true));
    const resigned = changed(SEALED, ({ statement }) => (statement.envelope = signedAnew(statement)));
    const found = await outcomes([without, brought, resigned]);
    for (const { signed, sealed, codes } of found) {
      expect({ signed, sealed }).toEqual({ signed: true, sealed: false });
      expect(codes).toContain('SEAL_NOT_HELD');
    }
  });

  test('by any one bit of statement or salts is unsigned', async () => {
    const statements = [SEALED, DESK_SIGNED, BY_HASH].map((id) => lineOf(id));
    const flip = fc.record({
      n: fc.nat({ max: statements.length - 1 }),
      part: fc.constantFrom('payload', 'sig', 'salt'),
      at: fc.nat(),
      bit: fc.nat({ max: 7 }),
    });
    const flipped = ({ n, part, at, bit }: { n: number; part: string; at: number; bit: number }): Line => {
      const line = structuredClone(statements[n]) as Line & { statement: CarriedStatement };
      const turned = (text: string, encoding: 'base64' | 'hex') => {
        const bytes = Buffer.from(text, encoding);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        return bytes.toString(encoding);
      };
      const { envelope, salts } = line.statement;
      const names = Object.keys(salts) as (keyof typeof salts)[];
      const name = names[at % names.length] ?? 'reason';
      if (part === 'payload') envelope.payload = turned(envelope.payload, 'base64');
      else if (part === 'sig') envelope.signatures[0].sig = turned(envelope.signatures[0].sig, 'base64');
      else salts[name] = turned(salts[name] ?? '', 'hex');
      return line;
    };
    await fc.assert(
      fc.asyncProperty(fc.array(flip, { minLength: 40, maxLength: 40 }), async (flips) => {
        const found = await outcomes(flips.map(flipped));
        expect(found).toEqual(flips.map(() => UNSIGNED));
      }),
      { numRuns: 4 },
    );
  }, 120_000);
});

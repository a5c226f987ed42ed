import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Escalation, WireRecord } from '../../../shared/domain/escalation.ts';
import { signed } from '../../contract/store/signing.ts';
import { BY, FIXTURES, NOW, openTransferDesk, type TransferDesk } from './transfer-desk.ts';

const fixtures = join(FIXTURES, 'fixtures');

/** Of a lossless copy everything is equal but what is this store's own: version, claim, delivery. */
function lasting({ version: _version, claim: _claim, delivery: _delivery, ...rest }: Escalation) {
  return rest;
}

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
/** Any text that UTF-8 and JSON carry; noncharacters are refused (S50). */
const text = fc
  .string({ unit: 'binary', maxLength: 20 })
  .filter((value) => !/\p{Noncharacter_Code_Point}/u.test(value));
const instant = fc
  .tuple(
    fc.integer({ min: Date.parse('2020-01-01T00:00:00Z'), max: NOW }),
    fc.option(fc.stringMatching(/^[0-9]{1,9}$/), { nil: null }),
  )
  .map(([ms, digits]) => `${new Date(ms).toISOString().slice(0, 19)}${digits === null ? '' : `.${digits}`}Z`);
const token = fc
  .record({
    nonce: text,
    issuer: text,
    iat: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    signature: text,
    root: hex(64),
  })
  .map(({ nonce, issuer, iat, signature, root }) => {
    const quoted = (value: string) => JSON.stringify(value);
    const target = '"execution_target":{"aid":"a","circuit_id":"c","intent_hash":"i"}';
    // Member by member, so that a 64-bit integer stays what it is.
    return `{"payload":{"schema":"s","ledger_event_id":"e","source_capsule_root":"${root}","capabilities":["x"],"nonce":${quoted(nonce)},${target},"iat":${iat},"exp":${iat},"issuer":${quoted(issuer)}},"signature":${quoted(signature)}}`;
  });

/** A record as VEX may hold it, as JSON text. */
const recordText = fc
  .record({
    id: text,
    status: fc.constantFrom('ESCALATED', 'RESOLVED', 'EXPIRED'),
    event: fc.uuid(),
    resolution: fc.option(fc.uuid(), { nil: null }),
    hash: fc.option(fc.oneof(hex(64), text), { nil: null }),
    token: fc.option(token, { nil: null }),
    at: instant,
  })
  .map(({ id, status, event, resolution, hash, token: written, at }) => ({
    id,
    json: [
      `{"escalation_id":${JSON.stringify(id)},"status":"${status}","escalation_event_id":"${event}"`,
      ...(resolution === null ? [] : [`"resolution_event_id":"${resolution}"`]),
      ...(hash === null ? [] : [`"resolution_vep_hash":${JSON.stringify(hash)}`]),
      ...(written === null ? [] : [`"continuation_token":${written}`]),
      `"timestamp":"${at}"}`,
    ].join(','),
  }));
const records = fc.uniqueArray(recordText, { selector: ({ id }) => id, minLength: 1, maxLength: 40 });

let desk: TransferDesk;
let fresh: TransferDesk;
let turn = 0;
beforeAll(async () => {
  [desk, fresh] = await Promise.all([openTransferDesk(), openTransferDesk()]);
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await fresh[Symbol.asyncDispose]();
});

/** A new tenant of the shared desks for each run, and a file name of its own. */
function next(): { tenant: string; path: (name: string) => string } {
  turn += 1;
  const tenant = `tenant ${turn}`;
  return { tenant, path: (name) => join(desk.folder, `${turn}-${name}`) };
}

async function importRecords(rows: readonly { json: string }[], tenant: string, path: string): Promise<void> {
  writeFileSync(path, rows.map(({ json }) => json).join('\n'));
  const { imported } = await desk.imported(path, { tenants: [tenant] });
  expect(imported).toBe(rows.length);
}

const RUNS = { numRuns: 5 };

describe('round trips (docs/formats/export.md)', () => {
  test('jsonl: any records come back as the same Escalations, evidence byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (rows) => {
        const { tenant, path } = next();
        await importRecords(rows, tenant, path('in.jsonl'));
        await desk.exported(path('out.jsonl'), { tenant, format: 'jsonl' });
        expect((await fresh.imported(path('out.jsonl'))).imported).toBe(rows.length);
        const [ours, theirs] = [await desk.all(tenant), await fresh.all(tenant)];
        expect(theirs.map(lasting)).toEqual(ours.map(lasting));
        for (const { sha256 } of ours.flatMap(({ evidence }) => evidence)) {
          expect(await fresh.store.evidenceBytes(tenant, sha256)).toEqual(
            await desk.store.evidenceBytes(tenant, sha256),
          );
        }
      }),
      RUNS,
    );
  }, 120_000);

  test('I6: what only a check can say does not come back as a finding of its own', async () => {
    const { tenant, path } = next();
    await importRecords([{ json: DECIDABLE }], tenant, path('in.jsonl'));
    await desk.exported(path('out.jsonl'), { tenant, format: 'jsonl' });
    const line = JSON.parse(readFileSync(path('out.jsonl'), 'utf8')) as {
      findings: { code: string; message: string }[];
    };
    line.findings.push({ code: 'CLAIM_DIFFERS', message: 'It says.' }, { code: 'NOT_LISTED', message: 'It was not.' });
    writeFileSync(path('out.jsonl'), JSON.stringify(line));
    await fresh.imported(path('out.jsonl'));
    const codes = (await fresh.all(tenant)).flatMap(({ findings }) => findings.map(({ code }) => code));
    expect(codes).toContain('NOT_LISTED');
    expect(codes).not.toContain('CLAIM_DIFFERS');
  });

  test('vex-db and vex-json: any records come back as the same records, in their order', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.constantFrom('vex-db', 'vex-json'), async (rows, format) => {
        const { tenant, path } = next();
        await importRecords(rows, tenant, path('in.jsonl'));
        await desk.exported(path('out'), { tenant, format });
        const result = await fresh.imported(path('out'), { tenants: [tenant] });
        expect(result).toMatchObject({ imported: rows.length, refused: 0 });
        const [ours, theirs] = [await desk.all(tenant), await fresh.all(tenant)];
        const active = (all: Escalation[]) => all.filter(({ record }) => record.status === 'ESCALATED').map(idOf);
        expect(active(theirs)).toEqual(active(ours));
        expect(new Set(theirs.map(wire))).toEqual(new Set(ours.map(wire)));
      }),
      RUNS,
    );
  }, 120_000);

  test('jsonl: what was decided here comes back with reviewer, reason and source', async () => {
    const { tenant, path } = next();
    await importRecords([{ json: DECIDABLE }], tenant, path('in.jsonl'));
    const key = { tenant, id: 'to decide', event: EVENT };
    const stored = await desk.store.read(key, NOW);
    const write = { tenant, by: BY, idempotencyKey: desk.context.ids.uuid(), inputHash: 'a'.repeat(64), now: NOW };
    const decision = {
      key,
      viewSha256: stored?.escalation.view_sha256 ?? '',
      outcome: 'rejected' as const,
      reason: 'Not with this packet.',
      reasonCode: 'NO_PROOF',
      reviewer: 'Ada',
      resolution: null,
      seal: null,
      sealed: null,
      overrides: [],
      acceptedUnchecked: ['root'],
      statement: null,
      seen: null,
    };
    await desk.store.decide(write, await signed(desk.store, write, decision));
    await desk.exported(path('out.jsonl'), { tenant, format: 'jsonl' });
    await fresh.imported(path('out.jsonl'));
    const [ours, theirs] = [await desk.all(tenant), await fresh.all(tenant)];
    expect(ours[0]?.decision).toMatchObject({
      outcome: 'rejected',
      source: 'desk',
      reviewer: 'Ada',
      reason_code: 'NO_PROOF',
    });
    // Signed, as its line carries the statement, which holds (carried-statements.test.ts); by whom only a pinned key says.
    expect(ours[0]?.decision?.signed).toBe(true);
    expect(theirs.map(lasting)).toEqual(ours.map(lasting));
  });

  test('jsonl: the demo ledger, with packets, requests, decisions and findings', async () => {
    const { path } = next();
    copyFileSync(join(fixtures, 'ledgers', 'demo', 'vex.db'), path('demo.db'));
    await desk.imported(path('demo.db'));
    for (const tenant of ['acme-payments', 'clinic-research', 'northwind-ops']) {
      await desk.exported(path(tenant), { tenant, format: 'jsonl' });
      expect(await fresh.imported(path(tenant))).toMatchObject({ imported: 40, refused: 0 });
      expect((await fresh.all(tenant)).map(lasting)).toEqual((await desk.all(tenant)).map(lasting));
      expect(await fresh.imported(path(tenant))).toMatchObject({ unchanged: 40, conflicts: 0, evidence: 0 });
    }
  });

  test('vex-db: the demo ledger’s rows are the source’s rows again, byte for byte', async () => {
    const { path } = next();
    copyFileSync(join(fixtures, 'ledgers', 'demo', 'vex.db'), path('demo.db'));
    await desk.imported(path('demo.db'));
    await desk.exported(path('one.db'), { tenant: 'northwind-ops', format: 'vex-db' });
    await fresh.imported(path('one.db'));
    await fresh.exported(path('two.db'), { tenant: 'northwind-ops', format: 'vex-db' });
    expect(rowsOf(path('two.db'))).toEqual(rowsOf(path('one.db')));
  });
});

describe('an exported Escalation that was changed', () => {
  test('is refused where its evidence does not have its SHA-256', async () => {
    const { tenant, path } = next();
    await importRecords([{ json: DECIDABLE }], tenant, path('in.jsonl'));
    await desk.exported(path('out.jsonl'), { tenant, format: 'jsonl' });
    const changed = readFileSync(path('out.jsonl'), 'utf8').replace(/"base64":"[^"]{8}/, '"base64":"AAAAAAAA');
    writeFileSync(path('changed.jsonl'), changed);
    const result = await fresh.imported(path('changed.jsonl'));
    expect(result).toMatchObject({ imported: 0, refused: 1 });
    expect(result.findings).toMatchObject([{ locator: '1', code: 'NOT_A_PACKET', severity: 'refused' }]);
  });

  test('I6: cannot say of itself that it was verified, signed or sealed, nor hide what its texts hide', async () => {
    const { path } = next();
    copyFileSync(join(fixtures, 'ledgers', 'demo', 'vex.db'), path('demo.db'));
    await desk.imported(path('demo.db'));
    await desk.exported(path('out.jsonl'), { tenant: 'clinic-research', format: 'jsonl' });
    const forged = readFileSync(path('out.jsonl'), 'utf8')
      .replaceAll('"clinic-research"', '"forged"')
      .replaceAll('"signed":[]', '"signed":["action","target"]')
      .replaceAll('"signed":false', '"signed":true')
      .replaceAll('"sealed":false', '"sealed":true')
      .replaceAll('"verdict":"unchecked"', '"verdict":"verified"')
      .replaceAll('"source_hash":"ok"', '"source_hash":"altered"')
      .replace(/"findings":\[[^\]]*\],"dissents"/g, '"findings":[],"dissents"');
    writeFileSync(path('forged.jsonl'), forged);
    const told = await fresh.imported(path('forged.jsonl'));
    expect(told).toMatchObject({ imported: 40, refused: 0 });
    const decided = forged.split('\n').filter((line) => line.includes('"signed":true,"vep_hash"')).length;
    expect(decided).toBeGreaterThan(0);
    expect(told.findings.filter(({ code }) => code === 'STATEMENT_ABSENT').length).toBeGreaterThanOrEqual(decided);
    const real = await desk.all('clinic-research');
    for (const [n, escalation] of (await fresh.all('forged')).entries()) {
      const { request, decision, evidence, findings } = escalation;
      expect(request).toEqual(real[n]?.request);
      expect(decision).toEqual(real[n]?.decision);
      expect(evidence).toEqual(real[n]?.evidence);
      // What only the ledger around a record could say went with the findings; the texts speak for themselves.
      const texts = real[n]?.findings.filter(({ code }) => /TEXT|BIDI|LOOKALIKE|IMITATES|SPEAKS/.test(code)) ?? [];
      expect(findings).toEqual(expect.arrayContaining(texts));
    }
  });

  test('without its evidence’s bytes is taken, and says so', async () => {
    const { tenant, path } = next();
    await importRecords([{ json: DECIDABLE }], tenant, path('in.jsonl'));
    await desk.exported(path('out.jsonl'), { tenant, format: 'jsonl' });
    const changed = readFileSync(path('out.jsonl'), 'utf8').replace(/,"base64":"[^"]*"/g, '');
    writeFileSync(path('changed.jsonl'), changed);
    const result = await fresh.imported(path('changed.jsonl'));
    expect(result).toMatchObject({ imported: 1, refused: 0 });
    expect(result.findings).toMatchObject([{ locator: '1', code: 'EVIDENCE_ABSENT', severity: 'finding' }]);
  });
});

const EVENT = '919108f7-52d1-4320-9bac-f847db4148a8';
const DECIDABLE = `{"escalation_id":"to decide","status":"ESCALATED","escalation_event_id":"${EVENT}","timestamp":"2026-11-01T00:00:00Z"}`;

function idOf({ record }: Escalation): string {
  return record.escalation_id;
}

function wire({ record }: Escalation): string {
  const members: [string, unknown][] = Object.entries(record satisfies WireRecord);
  return JSON.stringify(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function rowsOf(path: string): unknown[] {
  const db = new Database(path, { readonly: true });
  const rows = db
    .prepare('SELECT key, CAST(value AS BLOB) AS value, created_at, updated_at FROM kv_store ORDER BY key')
    .all();
  db.close();
  return rows;
}

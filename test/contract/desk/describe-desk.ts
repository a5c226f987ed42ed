import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantText } from '../../../shared/domain/clock.ts';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import type { HandClock } from '../../hosts/hand-clock.ts';
import { DEMO_LEDGER, FIXTURES, PACKET } from '../../hosts/test-desk.ts';
import type { DeskDriver, Refused, Target } from './driver.ts';

const TENANT = 'acme-payments';
const HASH = 'ab'.repeat(32);
const KEY = '7b0fd1a6-3c55-4c0e-9d0b-0a1b2c3d4e5f';
const MINUTE = 60_000;

/** A desk as one host serves it, on an empty store of its own. */
export interface Connected {
  readonly driver: DeskDriver;
  readonly clock: HandClock;
  /** A folder of the test's own. */
  readonly folder: string;
  /** The store's file. */
  readonly store: string;
  close(): Promise<void>;
}

/** Of the demo ledger: signed by a stranger. */
const FORGED = 'esc-pay-0010';
const TRUST = join(FIXTURES, 'trust.json');
interface Indexed {
  tenant: string;
  escalation_id: string;
  packet_sha256: string | null;
  packet_checks: Record<string, string> | null;
  token: { lifecycle: string; signature: string } | null;
}
const DEMO = JSON.parse(readFileSync(join(FIXTURES, 'ledgers', 'demo', 'index.json'), 'utf8')) as Indexed[];

/** The worst of the checks that apply. */
function packetVerdict(checks: Record<string, string>): string {
  const made = Object.values(checks);
  return made.includes('failed') ? 'failed' : made.includes('unchecked') ? 'unchecked' : 'verified';
}

function isSound({ evidence }: Pick<Escalation, 'evidence'>): boolean {
  return evidence.every(({ verdict }) => verdict !== 'failed');
}

/** What every host promises alike: one desk, whoever serves it. */
export function describeDesk(name: string, connect: () => Promise<Connected>): void {
  describe(`the desk by ${name}`, () => {
    let host: Connected;
    let desk: DeskDriver;
    let waiting: string[];
    let failing: string[];

    beforeAll(async () => {
      host = await connect();
      desk = host.driver;
      await desk.import([DEMO_LEDGER]);
      await desk.trust(TENANT, TRUST);
      const { rows } = await desk.list({ tenant: TENANT, limit: 1000 });
      // Newest deadline last: those are not overdue for another while. What failed has tests of its own.
      waiting = rows.filter(isSound).map(({ record }) => record.escalation_id);
      failing = rows.filter((row) => !isSound(row)).map(({ record }) => record.escalation_id);
    });
    afterAll(() => host?.close());

    /** An escalation that no other test has touched. */
    function fresh(from = waiting): Target {
      const id = from.shift();
      if (id === undefined) throw new Error('the demo ledger has no more waiting escalations');
      return { tenant: TENANT, id };
    }
    const refusal = (call: Promise<unknown>) =>
      call.then(
        () => 'done',
        (error: unknown) => (error as { code: string }).code,
      );

    it('imports the demo ledger once; again everything is unchanged', async () => {
      const again = await desk.import([DEMO_LEDGER]);
      expect(again).toMatchObject({ read: 120, imported: 0, unchanged: 120, conflicts: 0, refused: 0 });
    });

    it('takes only the tenants that are named, and keeps them apart (I5)', async () => {
      const { rows } = await desk.list({ tenant: 'clinic-research', status: 'all', limit: 1000 });
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.every(({ tenant }) => tenant === 'clinic-research')).toBe(true);
      const [row] = rows;
      expect(await refusal(desk.show({ tenant: TENANT, id: row?.record.escalation_id ?? '' }))).toBe('NOT_FOUND');
      expect(await refusal(desk.list({ tenant: 'nobody' }))).toBe('NOT_FOUND');
    });

    it('pages by cursor: each escalation once, none left out (I10)', async () => {
      const whole = await desk.list({ tenant: TENANT, status: 'all', sort: 'newest', limit: 1000 });
      const ids: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await desk.list({
          tenant: TENANT,
          status: 'all',
          sort: 'newest',
          limit: 7,
          ...(cursor === null ? {} : { cursor }),
        });
        ids.push(...page.rows.map(({ record }) => record.escalation_event_id));
        cursor = page.next;
      } while (cursor !== null);
      expect(ids).toEqual(whole.rows.map(({ record }) => record.escalation_event_id));
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('finds by words of the request', async () => {
      const { rows } = await desk.list({ tenant: TENANT, status: 'all', search: 'mass_email', limit: 1000 });
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.every((row) => JSON.stringify(row).includes('mass_email'))).toBe(true);
    });

    it('shows one escalation whole, with its history and the digest of its view (I9)', async () => {
      const [row] = (await desk.list({ tenant: TENANT, status: 'resolved', limit: 1 })).rows;
      const shown = await desk.show({ tenant: TENANT, id: row?.record.escalation_id ?? '' });
      expect(Object.keys(shown)).toEqual([
        'tenant',
        'record',
        'request',
        'decision',
        'deadline',
        'claim',
        'delivery',
        'evidence',
        'findings',
        'dissents',
        'version',
        'events',
        'view_sha256',
      ]);
      expect(shown.events.length).toBeGreaterThan(0);
      expect(shown.view_sha256).toMatch(/^[0-9a-f]{64}$/);
    });

    it('hands out evidence byte for byte, under its SHA-256', async () => {
      const target = fresh();
      const { evidence } = await desk.show(target);
      for (const { sha256, kind } of evidence) {
        const piece = await desk.evidence(target, sha256);
        expect(createHash('sha256').update(piece.bytes).digest('hex')).toBe(sha256);
        expect(piece.kind).toBe(kind);
      }
      expect(await refusal(desk.evidence(target, HASH))).toBe('NOT_FOUND');
      expect(await refusal(desk.evidence(target))).toBe('NOT_FOUND');
    });

    it('approves with a packet: hash and event id are made, the bytes kept (I2, I4)', async () => {
      const target = fresh();
      const approved = await desk.resolve(target, { vep: PACKET, reason: 'Checked by phone.' });
      const sha256 = createHash('sha256').update(readFileSync(PACKET)).digest('hex');
      expect(approved.record).toMatchObject({ status: 'RESOLVED', resolution_vep_hash: sha256 });
      expect(approved.record.resolution_event_id).toMatch(/^[0-9a-f-]{36}$/);
      expect(approved.decision).toMatchObject({
        outcome: 'approved',
        source: 'desk',
        reviewer: 'Ada Lovelace',
        reason: 'Checked by phone.',
        reason_code: 'OTHER',
        vep_hash: sha256,
        signed: true,
        sealed: false,
      });
      expect(approved.evidence).toContainEqual(expect.objectContaining({ sha256, role: 'resolution', kind: 'vep' }));
      expect((await desk.evidence(target)).bytes).toEqual(new Uint8Array(readFileSync(PACKET)));
      const shown = await desk.show(target);
      expect(shown.events.map(({ type }) => type)).toContain('decision.recorded');
    });

    it('approves with a typed hash and the event id that is given', async () => {
      const eventId = '5a1e0f4c-7f3e-4d55-8f0e-21c3b4a59687';
      const approved = await desk.resolve(fresh(), { vepHash: HASH, eventId, reason: 'The packet follows.' });
      expect(approved.record).toMatchObject({ resolution_event_id: eventId, resolution_vep_hash: HASH });
    });

    it('shows what packets and tokens of the demo ledger are worth, each as index.json says (I6)', async () => {
      const { rows } = await desk.list({ tenant: TENANT, status: 'all', limit: 1000 });
      const indexed = DEMO.filter(({ tenant }) => tenant === TENANT);
      expect(rows.length).toBe(indexed.length);
      for (const { escalation_id, packet_sha256, packet_checks, token } of indexed) {
        const evidence = rows.find(({ record }) => record.escalation_id === escalation_id)?.evidence ?? [];
        const packet = evidence.find(({ sha256, role }) => role === 'escalation' && sha256 === packet_sha256);
        expect(packet?.verdict).toBe(packet_checks === null ? undefined : packetVerdict(packet_checks));
        const failed = token?.lifecycle === 'failed' || token?.signature === 'failed';
        const worth = evidence.find(({ kind }) => kind === 'token')?.verdict;
        if (token === null) expect(worth).toBeUndefined();
        else if (failed) expect(worth).toBe('failed');
        else expect(worth).not.toBe('failed');
      }
    });

    it('records what was unchecked as accepted, since nothing unchecked passes unsaid (I6)', async () => {
      const target = await withEvidence('vep');
      const approved = await desk.resolve(target, { vepHash: HASH, reason: 'Seen.' });
      expect(approved.decision?.accepted_unchecked).toEqual(['pcrs']);
      expect(approved.decision?.overrides).toEqual([]);
    });

    it('a tenant waives checks by name: what is unchecked is shown and recorded as before, what failed stops (I6)', async () => {
      for (const never of ['structure', 'root', 'everything'])
        expect(await refusal(desk.waive(TENANT, [never]))).toBe('INVALID_INPUT');
      expect(await desk.waive(TENANT, ['pcrs', 'signature'])).toEqual(['pcrs', 'signature']);
      const target = await withEvidence('vep');
      const packet = (await desk.show(target)).evidence.find(({ kind }) => kind === 'vep');
      expect(packet?.verdict).toBe('unchecked');
      const approved = await desk.resolve(target, { vepHash: HASH, reason: 'Seen.' });
      expect(approved.decision?.accepted_unchecked).toEqual(['pcrs']);
      const forged = { tenant: TENANT, id: FORGED };
      const refused = desk.resolve(forged, { vepHash: HASH, reason: 'Seen.' });
      await expect(refused).rejects.toMatchObject({
        code: 'INTEGRITY_FAILED',
        details: { failed: [{ check: 'signature' }] },
      });
      expect(await desk.verifyLog(TENANT)).toMatchObject({ failures: [] });
      expect(await desk.waive(TENANT, [])).toEqual([]);
    });

    it('approves against a failed check only by its name, and rejects without', async () => {
      const target = fresh(failing);
      const refused = await desk.resolve(target, { vepHash: HASH, reason: 'Seen.' }).catch((error: Refused) => error);
      expect(refused).toMatchObject({ code: 'INTEGRITY_FAILED' });
      const { failed = [] } = (refused as Refused).details as { failed?: { check: string; sha256: string }[] };
      const checks = [...new Set(failed.map(({ check }) => check))];
      const pieces = (await desk.show(target)).evidence.filter(({ verdict }) => verdict === 'failed');
      expect(new Set(failed.map(({ sha256 }) => sha256))).toEqual(new Set(pieces.map(({ sha256 }) => sha256)));
      expect(await refusal(desk.resolve(target, { vepHash: HASH, reason: 'Seen.', overrides: ['no such'] }))).toBe(
        'INVALID_INPUT',
      );
      const approved = await desk.resolve(target, { vepHash: HASH, reason: 'Called back.', overrides: checks });
      expect(approved.decision?.overrides).toEqual(checks);
      const rejected = await desk.reject(fresh(failing), { reason: 'Not the gate’s.' });
      expect(rejected.decision).toMatchObject({ outcome: 'rejected', overrides: [] });
    });

    it('seals an approval and a rejection with the reviewer’s own key', async () => {
      const target = await withEvidence('vep');
      expect(await refusal(desk.resolve(target, { seal: true, reason: 'Seen.' }))).not.toBe('done');
      const publicHex = await desk.makeKey(TENANT);
      const approved = await desk.resolve(target, { seal: true, reason: 'Seen.' });
      const { bytes, sha256 } = await desk.evidence(target);
      expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(approved.decision).toMatchObject({ sealed: true, vep_hash: sha256 });
      expect(approved.record).toMatchObject({ status: 'RESOLVED', resolution_vep_hash: sha256 });
      expect(approved.evidence).toContainEqual(expect.objectContaining({ sha256, verdict: 'verified' }));
      // Version 3, and the header names the reviewer.
      expect(bytes[3]).toBe(3);
      expect(Buffer.from(bytes.subarray(4, 36)).toString('hex')).toBe(publicHex);
      const rejected = await desk.reject(await withEvidence('vep'), { seal: true, reason: 'No.' });
      expect(rejected.decision).toMatchObject({ outcome: 'rejected', sealed: true });
      expect(rejected.record.resolution_vep_hash).toBeUndefined();
      const bare = 'without a packet';
      await desk.record({ tenant: TENANT, id: bare, eventId: 'c0ffee00-0000-4000-8000-000000000002' });
      const unsealable = desk.resolve({ tenant: TENANT, id: bare }, { seal: true, reason: 'Seen.' });
      expect(await refusal(unsealable)).toBe('INVALID_INPUT');
    });

    it('takes the packet of a typed hash later, and says then what it is worth', async () => {
      const target = fresh();
      const vepHash = createHash('sha256').update(readFileSync(PACKET)).digest('hex');
      const approved = await desk.resolve(target, { vepHash, reason: 'The packet follows.' });
      expect(approved.evidence.some(({ role }) => role === 'resolution')).toBe(false);
      const attached = await desk.attach(target, [PACKET], 'resolution');
      const piece = attached.evidence.find(({ role }) => role === 'resolution');
      expect(piece).toMatchObject({ sha256: vepHash, kind: 'vep' });
      // Whoever signed it, it does not say of which escalation it is.
      expect(piece?.verdict).toBe('unchecked');
      expect(attached.decision).toEqual(approved.decision);
      expect((await desk.evidence(target)).sha256).toBe(vepHash);
    });

    it("refuses the request's own packet, a broken one, and a file that is none", async () => {
      const target = await withEvidence('vep');
      const { evidence } = await desk.show(target);
      const own = evidence.find(({ kind }) => kind === 'vep')?.sha256 ?? '';
      expect(await refusal(desk.resolve(target, { vepHash: own, reason: 'Seen.' }))).toBe('INTEGRITY_FAILED');
      const broken = join(FIXTURES, 'packets', 'header-short.vep');
      expect(await refusal(desk.resolve(target, { vep: broken, reason: 'Seen.' }))).toBe('INTEGRITY_FAILED');
      const none = join(FIXTURES, 'ledgers', 'demo', 'index.json');
      expect(await refusal(desk.resolve(target, { vep: none, reason: 'Seen.' }))).toBe('INTEGRITY_FAILED');
      expect((await desk.show(target)).decision).toBeNull();
    });

    it('rejects and withdraws with a reason; the wire form is EXPIRED', async () => {
      const rejected = await desk.reject(fresh(), { reason: 'Not the supplier’s account.' });
      expect(rejected).toMatchObject({ record: { status: 'EXPIRED' }, decision: { outcome: 'rejected' } });
      const withdrawn = await desk.withdraw(fresh(), { reason: 'The agent asked again.' });
      expect(withdrawn).toMatchObject({ record: { status: 'EXPIRED' }, decision: { outcome: 'withdrawn' } });
    });

    it('wants a reason, and a reason code that the tenant knows', async () => {
      const target = fresh();
      expect(await refusal(desk.reject(target, { reason: '  ' }))).toBe('INVALID_INPUT');
      expect(await refusal(desk.reject(target, { reason: 'x'.repeat(2001) }))).toBe('INVALID_INPUT');
      expect(await refusal(desk.reject(target, { reason: 'No.', reasonCode: 'NO_SUCH_CODE' }))).toBe('INVALID_INPUT');
      expect(await refusal(desk.reject(target, { reason: 'No.', reasonCode: 'lower' }))).toBe('INVALID_INPUT');
      expect((await desk.show(target)).decision).toBeNull();
    });

    it('keeps a decision for good: a second one is told, and kept as a dissent (I3, I8)', async () => {
      const target = fresh();
      const first = await desk.reject(target, { reason: 'No.' });
      expect(await refusal(desk.resolve(target, { vepHash: HASH, reason: 'Yes.' }))).toBe('ALREADY_DECIDED');
      const shown = await desk.show(target);
      expect(shown.decision).toEqual(first.decision);
      expect(shown.dissents).toEqual([
        expect.objectContaining({ outcome: 'approved', source: 'desk', vep_hash: HASH }),
      ]);
    });

    it('acts once for a key and answers the same; the key with another input is refused', async () => {
      const target = fresh();
      const key = KEY;
      const before = await desk.show(target);
      const claimed = await desk.claim(target, { key });
      const again = await desk.claim(target, { key });
      expect(again).toEqual(claimed);
      expect((await desk.show(target)).events.length).toBe(before.events.length + 1);
      expect(await refusal(desk.claim(fresh(), { key }))).toBe('INVALID_INPUT');
    });

    it('claims for 15 minutes, and gives the claim back', async () => {
      const target = fresh();
      const claimed = await desk.claim(target);
      expect(claimed.claim).toEqual({ by: 'Ada Lovelace', until: instantText(host.clock.now() + 15 * MINUTE) });
      expect((await desk.release(target)).claim).toBeNull();
      expect((await desk.release(target)).claim).toBeNull();
    });

    it('refuses a change of a version that is no longer there', async () => {
      const target = fresh();
      const { version } = await desk.show(target);
      const claimed = await desk.claim(target, { expectVersion: version });
      expect(BigInt(claimed.version)).toBeGreaterThan(BigInt(version));
      expect(await refusal(desk.release(target, { expectVersion: version }))).toBe('CONFLICT');
    });

    it('records what is overdue as expired, and nothing else', async () => {
      const id = 'not-overdue';
      await desk.record({ tenant: TENANT, id, eventId: 'c0ffee00-0000-4000-8000-000000000001' });
      expect(await refusal(desk.expire({ tenant: TENANT, id }))).toBe('INVALID_INPUT');
      const overdue = (await desk.list({ tenant: TENANT, limit: 1000 })).rows.find(
        ({ deadline }) => deadline?.overdue === true,
      );
      const expired = await desk.expire({ tenant: TENANT, id: overdue?.record.escalation_id ?? '' });
      expect(expired).toMatchObject({
        record: { status: 'EXPIRED' },
        decision: { outcome: 'expired', reason_code: 'DEADLINE_PASSED' },
      });
    });

    it('corrects by an event that points at the decision, which stays as it was (I3)', async () => {
      const target = fresh();
      expect(await refusal(desk.correct(target, { reason: 'Too early.' }))).not.toBe('done');
      const { decision } = await desk.reject(target, { reason: 'No.' });
      const corrected = await desk.correct(target, { reason: 'The ticket is 4711.' });
      expect(corrected.decision).toEqual(decision);
      expect((await desk.show(target)).events.map(({ type }) => type)).toContain('decision.corrected');
    });

    it('attaches evidence, the same bytes once', async () => {
      const target = fresh();
      const before = (await desk.show(target)).evidence.length;
      const attached = await desk.attach(target, [PACKET]);
      expect(attached.evidence.length).toBe(before + 1);
      expect((await desk.attach(target, [PACKET])).evidence.length).toBe(before + 1);
      const none = join(FIXTURES, 'ledgers', 'demo', 'index.json');
      expect(await refusal(desk.attach(target, [none]))).toBe('INTEGRITY_FAILED');
    });

    it.each(['', 'a:record:b', 'Ünïcode/e\u0301 😀', 'nul\u0000inside', '-starts-with-a-dash', 'x'.repeat(2000)])(
      'takes any text as an id, and keeps it to the byte: %j',
      async (id) => {
        const eventId = `c0ffee00-0000-4000-8000-${createHash('sha256').update(id).digest('hex').slice(0, 12)}`;
        const recorded = await desk.record({ tenant: TENANT, id, eventId });
        expect(recorded.record).toMatchObject({ escalation_id: id, status: 'ESCALATED', escalation_event_id: eventId });
        expect((await desk.show({ tenant: TENANT, id })).record.escalation_id).toBe(id);
        expect(await refusal(desk.record({ tenant: TENANT, id, eventId }))).toBe('ALREADY_EXISTS');
      },
    );

    it('tells escalations of one id apart by their event, and asks where it cannot (ID_REUSED)', async () => {
      const id = 'used twice';
      const events = ['c0ffee00-0000-4000-8000-00000000000a', 'c0ffee00-0000-4000-8000-00000000000b'];
      for (const eventId of events) await desk.record({ tenant: TENANT, id, eventId });
      expect(await refusal(desk.show({ tenant: TENANT, id }))).toBe('CONFLICT');
      await desk.reject({ tenant: TENANT, id, event: events[0] ?? '' }, { reason: 'No.' });
      expect((await desk.show({ tenant: TENANT, id })).record.escalation_event_id).toBe(events[1]);
    });

    it.each(['jsonl', 'vex-json', 'csv', 'vex-db'])('exports %s, and the manifest names its digest', async (format) => {
      const out = join(host.folder, `export.${format}`);
      const manifest = await desk.export({ tenant: TENANT, format, status: 'resolved' }, out);
      expect(manifest.sha256).toBe(createHash('sha256').update(readFileSync(out)).digest('hex'));
      const resolved = await desk.list({ tenant: TENANT, status: 'resolved', limit: 1000 });
      expect(manifest.records).toBe(resolved.rows.length);
    });

    it.each(['bundle', 'pdf', 'cloudevents'])('exports %s under a signed head of the log', async (format) => {
      const out = join(host.folder, `export.${format}`);
      const { sha256, checkpoint } = await desk.export({ tenant: TENANT, format, status: 'resolved' }, out);
      expect(sha256).toBe(createHash('sha256').update(readFileSync(out)).digest('hex'));
      expect(checkpoint).toMatchObject({
        size: expect.stringMatching(/^\d+$/),
        note: expect.stringContaining('\u2014 '),
      });
    });

    it('imports a bundle again and changes nothing; one that was changed is refused as a whole', async () => {
      const out = join(host.folder, 'again.bundle');
      const { records } = await desk.export({ tenant: TENANT, format: 'bundle' }, out);
      const before = await desk.list({ tenant: TENANT, status: 'all', limit: 1000 });
      const again = await desk.import([out], [TENANT]);
      expect(again).toMatchObject({
        read: records,
        unchanged: records,
        conflicts: 0,
        refused: 0,
        rows: { record: records },
      });
      const bytes = readFileSync(out);
      bytes.write('RESOLVEX', bytes.indexOf('"status":"RESOLVED"') + '"status":"'.length);
      writeFileSync(join(host.folder, 'changed.bundle'), bytes);
      writeFileSync(join(host.folder, 'cut.bundle'), bytes.subarray(0, 1000));
      expect(await refusal(desk.import([join(host.folder, 'changed.bundle')]))).toBe('INVALID_INPUT');
      expect(await refusal(desk.import([join(host.folder, 'cut.bundle')]))).toBe('INVALID_INPUT');
      expect(await desk.list({ tenant: TENANT, status: 'all', limit: 1000 })).toEqual(before);
    });

    it('proves its log: verified from its events, signed at its head, a decision provable by itself (I7)', async () => {
      const target = fresh();
      await desk.reject(target, { reason: 'Not proven.' });
      expect(await desk.verifyLog(TENANT)).toMatchObject({ verified: true, failures: [] });
      const { note, size, root } = await desk.checkpoint(TENANT);
      const out = join(host.folder, 'decision.proof');
      await desk.prove(target, out);
      const proof = readFileSync(out, 'utf8');
      expect(proof.startsWith('c2sp.org/tlog-proof@v1\n')).toBe(true);
      expect(proof.endsWith(note)).toBe(true);
      expect(await desk.verifyLog(TENANT)).toMatchObject({ size, root });
      expect(await desk.checkpoint(TENANT)).toMatchObject({ note });
    });

    it('a log that was found broken stops deciding, correcting and signing until it is clean or accepted (S61)', async () => {
      const [decided, target] = [1, 2].map((n) => ({ tenant: TENANT, id: `broken-${n}` })) as [Target, Target];
      for (const one of [decided, target]) await desk.record({ ...one, eventId: randomUUID() });
      await desk.reject(decided, { reason: 'Not proven.' });
      const refuses = async () => {
        const changes = [
          () => desk.reject(target, { reason: 'No.' }),
          () => desk.withdraw(target, { reason: 'No.' }),
          () => desk.resolve(target, { reason: 'Yes.', vepHash: HASH }),
          () => desk.correct(decided, { reason: 'No.' }),
          () => desk.checkpoint(TENANT),
          () => desk.export({ tenant: TENANT, format: 'bundle' }, join(host.folder, 'broken.bundle')),
        ];
        for (const change of changes) expect(await refusal(change())).toBe('INTEGRITY_FAILED');
        expect((await desk.show(target)).decision).toBeNull();
      };
      const resolved = (by: number) => tamper(`UPDATE counts SET resolved = resolved + ${by}`);
      resolved(7);
      expect(await desk.verifyLog(TENANT)).toMatchObject({ verified: false });
      await refuses();
      // What is read and leaves goes on, and says so.
      const manifest = await desk.export({ tenant: TENANT, format: 'csv' }, join(host.folder, 'broken.csv'));
      expect(manifest).toMatchObject({ query: { log: 'broken' } });
      expect(manifest).not.toHaveProperty('checkpoint');
      resolved(-7);
      await refuses();
      expect(await desk.verifyLog(TENANT)).toMatchObject({ verified: true });
      await desk.correct(decided, { reason: 'It was another.' });
      resolved(7);
      await desk.verifyLog(TENANT);
      await refuses();
      await desk.acceptLog(TENANT, 'A count was changed by hand; it is known.');
      // What was accepted is no reason to stop again.
      expect(await desk.verifyLog(TENANT)).toMatchObject({ verified: false });
      await desk.reject(target, { reason: 'No.' });
      resolved(-7);
      expect(await desk.verifyLog(TENANT)).toMatchObject({ verified: true, failures: [] });
    });

    function tamper(sql: string): void {
      const db = new Database(host.store);
      db.exec(sql);
      db.close();
    }

    /** A waiting escalation that brought a packet along. */
    async function withEvidence(kind: string): Promise<Target> {
      for (let tries = waiting.length; tries > 0; tries -= 1) {
        const target = fresh();
        if ((await desk.show(target)).evidence.some((piece) => piece.kind === kind)) return target;
        waiting.push(target.id);
      }
      throw new Error(`no waiting escalation has evidence of kind ${kind}`);
    }
  });
}

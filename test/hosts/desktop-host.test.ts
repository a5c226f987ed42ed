import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Desktop, startDesktop } from '../desktop-double/start.ts';
import { realCli } from './real-cli.ts';
import { DEMO_LEDGER, temporaryHome } from './test-desk.ts';

interface Page {
  status: number;
  headers: Record<string, string>;
  body: string;
}
interface Said {
  answer?: unknown;
  refused?: string;
}

describe('the compiled desktop host, on a double of Electron', () => {
  const home = temporaryHome();
  let desktop: Desktop;
  let by: string;

  beforeAll(async () => {
    desktop = await startDesktop(home.path);
    expect(await desktop.ask('connect', 'page')).toBe(true);
    const profile = await desktop.ask<{ profile_id: string }>('call', 'main.profile.make', {
      idempotency_key: randomUUID(),
      name: 'Ada Lovelace',
    });
    by = profile.profile_id;
  });
  afterAll(async () => {
    await desktop.stop();
    home.remove();
  });

  it('S1: the window has nothing of Node, and shows our own page', async () => {
    const state = await desktop.ask<{ preferences: object; loaded: string[]; sandboxed: boolean }>('state');
    expect(state.preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
    });
    expect(state).toMatchObject({ sandboxed: true, loaded: ['app://desk/'] });
  });

  it('S2: the scheme of the page never passes its policy, and the page comes from a fixed map', async () => {
    const { schemes } = await desktop.ask<{ schemes: unknown[] }>('state');
    expect(schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
    const outside = [
      'app://desk/../desk.db',
      'app://desk/assets/%2e%2e/%2e%2e/cli.js',
      'app://desk/a%00.js',
      'app://evil/index.html',
      'app://desk/.inputs',
      'app://desk/__proto__.js',
    ];
    for (const url of outside) expect((await desktop.ask<Page>('page', url)).status, url).toBe(404);
    expect((await desktop.ask<Page>('page', 'app://desk/', 'POST')).status).toBe(404);
  });

  it('S3: the page comes under a policy in its header', async () => {
    const { status, headers, body } = await desktop.ask<Page>('page', 'app://desk/t/acme/queue');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self';.*base-uri 'none'; form-action 'none'; frame-ancestors 'none'/,
    );
    const nonce = /nonce="([^"]+)"/.exec(body)?.[1];
    expect(headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('S4: every permission is denied', async () => {
    expect(await desktop.ask('permissions')).toEqual([false, {}, false, false]);
  });

  it('S5: the page stays where it is, and opens nothing', async () => {
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(await desktop.ask('navigate', event, 'https://evil.example/'), event).toBe(true);
    }
    expect(await desktop.ask('navigate', 'will-navigate', 'app://desk.evil/')).toBe(true);
    expect(await desktop.ask('navigate', 'will-attach-webview', '')).toBe(true);
    expect(await desktop.ask('navigate', 'will-navigate', 'app://desk/settings')).toBe(false);
    expect(await desktop.ask('state')).toMatchObject({ windowOpen: { action: 'deny' } });
  });

  it('S6: only an https address is opened, shown in full, and only when the person says so', async () => {
    const open = (address: string) => desktop.ask<Said>('invoke', 'desk:open-external', 'page', address);
    for (const address of [
      'http://a.example/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'https://u:p@a.example/',
      'x',
    ]) {
      expect(await open(address)).toEqual({ answer: false });
    }
    expect(await open('https://a.example/?q=1')).toEqual({ answer: false });
    await desktop.ask('choose', { button: 1 });
    expect(await open('https://a.example/?q=1')).toEqual({ answer: true });
    const { opened, asked } = await desktop.ask<{ opened: string[]; asked: { detail: string }[] }>('state');
    expect(opened).toEqual(['https://a.example/?q=1']);
    expect(asked.at(-1)?.detail).toBe('https://a.example/?q=1');
  });

  it.each([
    'none',
    'inner',
    'https://evil.example/',
    'app://desk.evil/',
    'app://evil/',
    'about:blank',
    'data:text/html,x',
  ])('S7, S9: what comes from another frame is refused, and gets no way to the desk (%s)', async (frame) => {
    const channels = (await desktop.ask<{ channels: string[] }>('state')).channels.filter(
      (name) => name !== 'desk:connect',
    );
    expect(channels.length).toBe(5);
    for (const channel of channels) {
      expect(await desktop.ask<Said>('invoke', channel, frame), channel).toMatchObject({
        refused: expect.stringMatching(/^FORBIDDEN/),
      });
    }
    expect(await desktop.ask('connect', frame)).toBe(false);
  });

  it('S8: the preload exposes named methods, and neither channels nor events cross', async () => {
    const { world, names, sent, posted } = await desktop.ask<Record<string, unknown>>('preload');
    expect({ world, names }).toEqual({
      world: 'desk',
      names: ['connect', 'pickFiles', 'stageDropped', 'pickTarget', 'pickFolder', 'openExternal'],
    });
    expect(sent).toEqual([
      ['desk:connect'],
      ['desk:pick-files'],
      ['desk:stage-dropped', '/chosen/by/the/person'],
      ['desk:pick-target', 'given'],
      ['desk:pick-folder'],
      ['desk:open-external', 'given'],
    ]);
    expect(posted).toEqual([[{ desk: 'port' }, '*', ['a port']]]);
  });

  it.each([
    ['desk:pick-files', [1]],
    ['desk:stage-dropped', []],
    ['desk:stage-dropped', [7]],
    ['desk:stage-dropped', ['']],
    ['desk:stage-dropped', ['x'.repeat(40_000)]],
    ['desk:pick-target', ['../x']],
    ['desk:pick-target', ['a', 'b']],
    ['desk:pick-folder', ['/etc']],
    ['desk:open-external', [{ toString: 'x' }]],
  ])('S10: strict on arity, types and sizes (%s %#)', async (channel, given) => {
    const said = await desktop.ask<Said>('invoke', channel, 'page', ...given);
    expect(said.refused).toMatch(/^INVALID_INPUT/);
  });

  it('S14: the desk runs in a process of its own and answers a window over its port', async () => {
    const { order } = await desktop.ask<{ order: string[] }>('state');
    expect(order).toContain('fork desk-process.js');
    const info = await desktop.ask('call', 'main.desk.info', {});
    expect(info).toMatchObject({ host: 'desktop', store: { state: 'ok', place: home.store } });
  });

  it('S17: the lock is taken before the store is opened, and a second start brings nothing in', async () => {
    const { order } = await desktop.ask<{ order: string[] }>('state');
    expect(order.indexOf('lock')).toBeLessThan(order.indexOf('fork desk-process.js'));
    expect(await desktop.ask('second')).toEqual([{ focused: 1, loaded: ['app://desk/'] }]);
    const elsewhere = temporaryHome();
    const second = await startDesktop(elsewhere.path, { DOUBLE_LOCK: 'taken' });
    const state = await second.ask<{ order: string[] }>('state');
    expect(state.order.filter((step) => step.startsWith('fork'))).toEqual([]);
    expect(existsSync(elsewhere.store)).toBe(false);
    await second.stop();
    elsewhere.remove();
  });

  it('imports a file that a person chose, through a reader of its own, and exports to one', async () => {
    await desktop.ask('choose', { files: [DEMO_LEDGER], target: join(home.path, 'out.csv') });
    const picked = await desktop.ask<{ answer: { staged: string; name: string; bytes: number }[] }>(
      'invoke',
      'desk:pick-files',
      'page',
    );
    expect(picked.answer).toMatchObject([{ name: 'vex.db', bytes: readFileSync(DEMO_LEDGER).length }]);
    const sources = picked.answer.map(({ staged }) => staged);
    const call = { by, idempotency_key: randomUUID(), sources };
    const { job_id } = await desktop.ask<{ job_id: string }>('call', 'main.transfer.import', call);
    expect(await ended(job_id)).toMatchObject({ state: 'done', import_result: { imported: 120 } });
    expect(await desktop.ask('state')).toMatchObject({ order: expect.arrayContaining(['fork reader.js']) });

    const target = await desktop.ask<{ answer: { staged: string } }>('invoke', 'desk:pick-target', 'page', 'out.csv');
    const query = { tenant: 'acme-payments', format: 'csv' };
    const exported = await desktop.ask<{ job_id: string }>('call', 'main.transfer.export', {
      by,
      idempotency_key: randomUUID(),
      query,
      target: target.answer.staged,
    });
    expect(await ended(exported.job_id)).toMatchObject({ state: 'done' });
    expect(existsSync(join(home.path, 'out.csv'))).toBe(true);
  });

  it('a scheduled export writes to a folder that a person chose in the dialog, and to none that a page names', async () => {
    await desktop.ask('choose', { files: [home.path], target: '' });
    const picked = await desktop.ask<{ answer: { staged: string } }>('invoke', 'desk:pick-folder', 'page');
    const order = {
      by,
      query: { tenant: 'acme-payments', format: 'csv' },
      covers: 'period',
      turn: { every: 'day', weekday: 1, at: '06:00', zone: 'UTC' },
      keep: 7,
    };
    const set = (folder: object) =>
      desktop.ask<{ folder?: string }>('call', 'main.schedule.set', {
        ...order,
        idempotency_key: randomUUID(),
        folder,
      });
    expect(await set({ staged: picked.answer.staged })).toMatchObject({ folder: realpathSync(home.path) });
    await expect(set({ path: home.path })).rejects.toThrow(/FORBIDDEN|dialog/);
    await desktop.ask('choose', { files: [], target: '' });
    expect(await desktop.ask('invoke', 'desk:pick-folder', 'page')).toMatchObject({ answer: null });
  });

  async function ended(jobId: string) {
    return vi.waitFor(
      async () => {
        const job = await desktop.ask<{ state: string }>('call', 'main.job.get', { job_id: jobId });
        if (job.state === 'running') throw new Error('still running');
        return job;
      },
      { timeout: 60_000, interval: 20 },
    );
  }

  it.each(['did-start-navigation', 'render-process-gone', 'destroyed'])(
    'S9: the port closes when the page is gone (%s)',
    async (event) => {
      expect(await desktop.ask('connect', 'page')).toBe(true);
      expect(await desktop.ask('portCloses', event)).toBe(true);
      expect(await desktop.ask('connect', 'page')).toBe(true);
    },
  );

  it('S18: a crash of the desk loses nothing and takes nothing with it: it is started again', async () => {
    await desktop.ask('connect', 'page');
    const id = 'before the crash';
    await desktop.ask('call', 'main.escalation.record', {
      by,
      idempotency_key: randomUUID(),
      tenant: 'acme',
      id,
      event_id: randomUUID(),
    });
    expect(await desktop.ask('crash', 'desk-process.js')).toBe(1);
    expect(await desktop.ask('connect', 'page')).toBe(true);
    const opened = await desktop.ask('call', 'main.escalation.get', { tenant: 'acme', id });
    expect(opened).toMatchObject({ escalation: { record: { escalation_id: id } } });
  });

  it('asks who quits while a decision waits for an undo; then closes the store, and goes', async () => {
    const tenant = 'acme';
    const held = async (id: string) => {
      const { escalation } = await desktop.ask<{ escalation: { view_sha256: string } }>('call', 'main.escalation.get', {
        tenant,
        id,
      });
      const form = { outcome: 'rejected', reason: 'No.' };
      const input = { by, idempotency_key: randomUUID(), tenant, id, view_sha256: escalation.view_sha256, form };
      return desktop.ask<{ pending: object | null }>('call', 'main.decision.hold', input);
    };
    expect((await held('before the crash')).pending).not.toBeNull();
    await desktop.ask('choose', { button: 2 });
    expect(await desktop.ask('quitAndStay')).toMatchObject({ buttons: ['Record now', 'Keep as drafts', 'Stay'] });
    await desktop.ask('choose', { button: 0 });
    const forksBefore = (await desktop.ask<{ order: string[] }>('state')).order.filter(
      (step) => step === 'fork desk-process.js',
    );
    expect(await desktop.ask('quit')).toBe(forksBefore.length);
    expect(existsSync(`${home.store}-wal`)).toBe(false);
    const { out } = await realCli(home.path, 'show', 'before the crash', '--tenant', tenant, '--json');
    expect(JSON.parse(out).decision).toMatchObject({ outcome: 'rejected', reason: 'No.' });
  });
});

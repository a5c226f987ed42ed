import { createHmac, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserHost, startBrowserHost } from '../../electron/hosts/browser/browser-host.ts';
import { emptyPage, signIn } from '../contract/desk/connect.ts';
import { rawRequest } from './raw-request.ts';
import { openTestDesk, type TestDesk } from './test-desk.ts';

const UPLOAD_LIMIT = 100_000;
const CALL = { method: 'POST', path: '/rpc/main/desk/info', body: '{"json":{}}' };

describe('the browser host on a machine with hostile programs', () => {
  let test: TestDesk;
  let host: BrowserHost;
  let page: Awaited<ReturnType<typeof signIn>>;
  let authority: string;
  let good: Record<string, string>;

  beforeAll(async () => {
    test = await openTestDesk({ host: 'browser' });
    host = await startBrowserHost({
      desk: test.desk,
      pageFolder: emptyPage(test.home),
      port: 0,
      uploadLimit: UPLOAD_LIMIT,
    });
    page = await signIn(host);
    authority = `127.0.0.1:${host.port}`;
    good = { host: authority, 'content-type': 'application/json', ...page.headers };
  });
  afterAll(async () => {
    await host.close();
    await test.close();
  });
  const status = async (given: Parameters<typeof rawRequest>[1]) =>
    (await rawRequest(host.port, given))?.status ?? null;
  const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([header]) => header !== name));

  it('answers a call of its own page', async () => {
    const answer = await rawRequest(host.port, { ...CALL, headers: good });
    expect(answer?.status).toBe(200);
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ json: { host: 'browser' } });
  });

  it.each([
    ['/rpc/main/job/get', { job_id: randomUUID() }, 404, 'NOT_FOUND'],
    ['/rpc/main/job/get', { job_id: 'none' }, 400, 'INVALID_INPUT'],
    ['/rpc/main/log/verify', { by: randomUUID(), idempotency_key: randomUUID(), tenant: 'acme' }, 403, 'FORBIDDEN'],
    ['/rpc/main/profile/make', { idempotency_key: randomUUID(), name: 'Twice' }, 409, 'ALREADY_EXISTS'],
  ])('a refusal has a status of its own, and its code: %s', async (path, input, expected, code) => {
    const body = (changed: object = {}) => JSON.stringify({ json: { ...input, ...changed } });
    if (expected === 409) await rawRequest(host.port, { method: 'POST', path, headers: good, body: body() });
    const again = expected === 409 ? { idempotency_key: randomUUID() } : {};
    const answer = await rawRequest(host.port, { method: 'POST', path, headers: good, body: body(again) });
    expect(answer?.status).toBe(expected);
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ json: { code, defined: true, status: expected } });
  });

  it('S22: listens on 127.0.0.1 alone, on a port that the system chose', async () => {
    expect(host.port).toBeGreaterThan(1023);
    const others = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    for (const { address, family, internal } of others) {
      if (internal || family !== 'IPv4') continue;
      await expect(fetch(`http://${address}:${host.port}/`)).rejects.toThrow();
    }
  });

  it.each(['localhost', 'evil.example', '127.0.0.1', '127.0.0.1:1', '[::1]', 'LOCALHOST', '127.0.0.1.'])(
    'S23: refuses another Host before anything is routed (%s)',
    async (name) => {
      const headers = { ...good, host: name.includes(':') || name === '127.0.0.1' ? name : `${name}:${host.port}` };
      expect(await status({ ...CALL, headers })).toBe(403);
      expect(await status({ path: '/', headers })).toBe(403);
    },
  );

  it('S23: refuses a request without a Host', async () => {
    expect(await status({ ...CALL, headers: without('host') })).toBe(403);
  });

  it.each(['null', 'http://evil.example', 'https://127.0.0.1', 'http://localhost', ''])(
    'S24: refuses another Origin (%j)',
    async (origin) => {
      expect(await status({ ...CALL, headers: { ...good, origin } })).toBe(403);
      expect(await status({ path: '/', headers: { ...good, origin } })).toBe(403);
    },
  );

  it('S24: a write needs an Origin', async () => {
    expect(await status({ ...CALL, headers: without('origin') })).toBe(403);
    expect(await status({ method: 'PUT', path: '/files?name=a', headers: without('origin'), body: 'a' })).toBe(403);
  });

  it.each(['cross-site', 'same-site', 'none', ''])('S25: refuses Sec-Fetch-Site %j on a call', async (site) => {
    expect(await status({ ...CALL, headers: { ...good, 'sec-fetch-site': site } })).toBe(403);
  });

  it('S25: `none` opens the shell page alone, in a window of its own', async () => {
    const opened = {
      host: authority,
      'sec-fetch-site': 'none',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect(await status({ path: '/', headers: opened })).toBe(200);
    expect(await status({ path: '/t/acme/queue', headers: opened })).toBe(200);
    expect(await status({ path: '/', headers: { ...opened, 'sec-fetch-dest': 'iframe' } })).toBe(403);
    expect(await status({ path: '/', headers: { ...opened, 'sec-fetch-site': 'cross-site' } })).toBe(403);
    expect(await status({ path: '/assets/main.js', headers: { host: authority, 'sec-fetch-site': 'none' } })).toBe(403);
    expect(await status({ path: '/', headers: { host: authority } })).toBe(403);
  });

  it('S25, S29: the door may be come to from a page of this machine, and has nothing in it but the way on', async () => {
    expect(new URL(host.doorLink())).toMatchObject({ pathname: '/open', search: '' });
    const fromFile = {
      host: authority,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    const door = await rawRequest(host.port, { path: '/open', headers: fromFile });
    expect(door).toMatchObject({ status: 200, body: expect.stringContaining('<script src="/open.js"></script>') });
    expect(door?.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    );
    for (const path of ['/', '/open.js', '/open?x', '/t/acme/queue']) {
      expect(await status({ path, headers: fromFile }), path).toBe(403);
    }
    expect(await status({ path: '/open', headers: { ...fromFile, 'sec-fetch-dest': 'iframe' } })).toBe(403);
    expect(await status({ path: '/open', headers: { ...fromFile, origin: 'null' } })).toBe(403);
    expect(
      await status({ method: 'POST', path: '/open', headers: { ...fromFile, origin: `http://${authority}` } }),
    ).toBe(403);
    const script = await rawRequest(host.port, {
      path: '/open.js',
      headers: { host: authority, 'sec-fetch-site': 'same-origin' },
    });
    expect(script?.body).toBe("location.replace('/' + location.hash);\n");
  });

  it('S26: a preflight fails, and nothing carries a CORS header', async () => {
    const asking = {
      ...good,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    expect(await status({ method: 'OPTIONS', path: CALL.path, headers: asking })).toBe(405);
    for (const given of [
      { ...CALL, headers: good },
      { method: 'OPTIONS', path: '/', headers: asking },
    ]) {
      const names = Object.keys((await rawRequest(host.port, given))?.headers ?? {});
      expect(names.filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it.each(['', 'Bearer', 'Bearer x', `Bearer ${'A'.repeat(43)}`, 'Basic Og==', `Bearer ${'A'.repeat(5000)}`])(
    'S27, S28: data needs the bearer in its header (%.20s)',
    async (authorization) => {
      const headers = { ...good, authorization };
      const addresses = [
        { ...CALL, headers },
        { method: 'PUT', path: '/files?name=a', headers, body: 'a' },
        { method: 'POST', path: '/targets', headers, body: '{"name":"a"}' },
        { method: 'POST', path: '/downloads', headers, body: '{"staged":"a"}' },
        { method: 'POST', path: '/manifests', headers, body: '{"staged":"a"}' },
        { method: 'POST', path: '/statements', headers, body: '{"staged":"a"}' },
      ];
      for (const given of addresses) expect(await status(given)).toBe(401);
    },
  );

  it('S28: neither cookie nor address can carry the bearer', async () => {
    const bare = without('authorization');
    expect(await status({ ...CALL, headers: { ...bare, cookie: `bearer=${page.bearer}` } })).toBe(401);
    expect(await status({ ...CALL, path: `${CALL.path}?bearer=${page.bearer}`, headers: bare })).toBe(401);
  });

  it('S29: a link works once, within a minute, and its secret is in the fragment', async () => {
    const link = new URL(host.freshLink());
    expect(link.search).toBe('');
    const code = new URLSearchParams(link.hash.slice(1)).get('code');
    const session = {
      method: 'POST',
      path: '/session',
      headers: without('authorization'),
      body: JSON.stringify({ code }),
    };
    expect(await status(session)).toBe(200);
    expect(await status(session)).toBe(401);
    const late = new URLSearchParams(new URL(host.freshLink()).hash.slice(1)).get('code');
    test.clock.pass(60_001);
    expect(await status({ ...session, body: JSON.stringify({ code: late }) })).toBe(401);
  });

  it.each(['{}', '[]', '"x"', 'x', '{"code":7}', '{"code":""}', `{"code":"${'a'.repeat(300)}"}`])(
    'S29: a session needs a code (%.20s)',
    async (body) => {
      expect(await status({ method: 'POST', path: '/session', headers: good, body })).toBe(400);
    },
  );

  it('S30: proves that it holds the bearer, without being shown it', async () => {
    const nonce = 'n'.repeat(64);
    const answer = await rawRequest(host.port, {
      method: 'POST',
      path: '/prove',
      headers: without('authorization'),
      body: JSON.stringify({ nonce }),
    });
    const expected = createHmac('sha256', page.bearer).update(nonce).digest('hex');
    expect(JSON.parse(answer?.body ?? '')).toEqual({ proof: expected });
  });

  it('S30: an impostor on the reused port can prove nothing, and takes no bearer of the host before', async () => {
    const dying = await openTestDesk({ host: 'browser' });
    const first = await startBrowserHost({
      desk: dying.desk,
      pageFolder: emptyPage(dying.home),
      port: 0,
      uploadLimit: 1,
    });
    const kept = await signIn(first);
    await first.close();
    const impostor = await startBrowserHost({
      desk: test.desk,
      pageFolder: emptyPage(test.home),
      port: first.port,
      uploadLimit: 1,
    });
    try {
      const at = { host: `127.0.0.1:${first.port}`, ...kept.headers };
      const nonce = 'f'.repeat(64);
      const proof = await rawRequest(first.port, {
        method: 'POST',
        path: '/prove',
        headers: at,
        body: JSON.stringify({ nonce }),
      });
      expect(proof?.status).toBe(200);
      expect(JSON.parse(proof?.body ?? '').proof).not.toBe(
        createHmac('sha256', kept.bearer).update(nonce).digest('hex'),
      );
      expect((await rawRequest(first.port, { ...CALL, headers: at }))?.status).toBe(401);
    } finally {
      await impostor.close();
      await dying.close();
    }
  });

  it('S32: every answer says what it is, may not be kept, framed or read elsewhere', async () => {
    const opened = {
      host: authority,
      'sec-fetch-site': 'none',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    const answers = [
      { path: '/', headers: opened },
      { ...CALL, headers: good },
      { path: '/none', headers: good },
      { path: '/', headers: {} },
    ];
    for (const given of answers) {
      const { headers } = (await rawRequest(host.port, given)) ?? { headers: {} };
      if (Object.keys(headers).length === 0) continue;
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      });
      expect((headers as Record<string, unknown>)['content-security-policy']).toContain("frame-ancestors 'none'");
    }
  });

  it('the page comes with a policy of its own and a nonce that is new each time', async () => {
    const opened = {
      host: authority,
      'sec-fetch-site': 'none',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    const nonces = new Set<string>();
    for (let n = 0; n < 3; n += 1) {
      const answer = await rawRequest(host.port, { path: '/', headers: opened });
      const nonce = /nonce="([^"]+)"/.exec(answer?.body ?? '')?.[1] ?? '';
      expect(answer?.headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
      expect(answer?.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  it.each([
    '/../desk.db',
    '/assets/../../desk.db',
    '/%2e%2e/desk.db',
    '/assets/%2e%2e/index.html',
    '/assets/main.js%00',
    '/index.html.bak',
    '//assets/main.js',
    '/__proto__',
    '/rpc',
    '/rpc/',
  ])('S2: what is not in the map of files is not there (%s)', async (path) => {
    expect(await status({ path, headers: good })).toBeOneOf([400, 404, 405]);
  });

  it('S32: a body, a header and an upload have their limits', async () => {
    const large = JSON.stringify({ json: { pad: 'x'.repeat(5 * 1024 * 1024) } });
    expect(await status({ ...CALL, headers: good, body: large })).toBeOneOf([413, null]);
    expect(await status({ ...CALL, headers: { ...good, pad: 'x'.repeat(17_000) } })).toBeOneOf([431, null]);
    const upload = { method: 'PUT', path: '/files?name=big.db', headers: good, body: 'x'.repeat(UPLOAD_LIMIT + 1) };
    expect(await status(upload)).toBe(413);
    const streamed = { ...upload, headers: { ...good, 'transfer-encoding': 'chunked' } };
    expect(await status(streamed)).toBeOneOf([413, null]);
  });

  it.each(['', '.', '..', 'a/b', 'a\\b', 'a%00b', 'a%0Ab', 'x'.repeat(256)])(
    'an upload has a plain name (%.20s)',
    async (name) => {
      expect(await status({ method: 'PUT', path: `/files?name=${name}`, headers: good, body: 'x' })).toBe(400);
    },
  );

  it('an upgrade is cut off', async () => {
    const headers = {
      ...good,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'x',
      'sec-websocket-version': '13',
    };
    expect(await status({ path: '/rpc', headers })).toBeOneOf([null, 400, 404]);
  });

  it('a download has an address that works once', async () => {
    const name = 'report "of" ünïcode.csv';
    const { staged } = await page.send<{ staged: string }>('POST', '/targets', { name });
    const { path } = test.desk.staging.target(staged);
    writeFileSync(path, 'a,b\n');
    const { code } = await page.send<{ code: string }>('POST', '/downloads', { staged });
    const answer = await rawRequest(host.port, { path: `/downloads/${code}`, headers: without('authorization') });
    expect(answer).toMatchObject({ status: 200, body: 'a,b\n' });
    expect(answer?.headers['content-disposition']).toBe(`attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    expect(await status({ path: `/downloads/${code}`, headers: good })).toBe(404);
    expect(await status({ path: `/downloads/${staged}`, headers: good })).toBe(404);
    const besides = { '/manifests': '.manifest.json', '/statements': '.manifest.dsse.json' };
    for (const [route, end] of Object.entries(besides)) {
      writeFileSync(`${path}${end}`, `${end}\n`);
      const given = await page.send<{ code: string }>('POST', route, { staged });
      const beside = await rawRequest(host.port, {
        path: `/downloads/${given.code}`,
        headers: without('authorization'),
      });
      expect(beside).toMatchObject({ status: 200, body: `${end}\n` });
      expect(beside?.headers['content-disposition']).toContain(encodeURIComponent(`${name}${end}`));
    }
  });

  it('an export and its signed manifest come to lie side by side, in whatever order they come', async () => {
    const names = ['a.csv.manifest.dsse.json', 'a.csv', 'a.csv.manifest.json'];
    const folders = [];
    for (const name of names) {
      const { staged } = await page.send<{ staged: string }>('PUT', `/files?name=${name}`, new Uint8Array([1]));
      folders.push(dirname(test.desk.staging.source(staged).path));
    }
    expect(new Set(folders).size).toBe(1);
  });

  it('a database and its -wal come to lie side by side', async () => {
    const main = await page.send<{ staged: string }>('PUT', '/files?name=vex.db', new Uint8Array([1]));
    const wal = await page.send<{ staged: string }>('PUT', '/files?name=vex.db-wal', new Uint8Array([2]));
    const second = await page.send<{ staged: string }>('PUT', '/files?name=vex.db', new Uint8Array([3]));
    const path = (staged: string) => test.desk.staging.source(staged).path;
    expect(path(wal.staged)).toBe(`${path(main.staged)}-wal`);
    expect(path(second.staged)).not.toBe(path(main.staged));
  });

  it('tells nothing of a fault of its own', async () => {
    const answer = await rawRequest(host.port, {
      ...CALL,
      path: '/rpc/main/queue/list',
      headers: good,
      body: '{"json":{"tenant":7}}',
    });
    const { json } = JSON.parse(answer?.body ?? '{}') as { json: { code: string; data: { details: unknown } } };
    expect(json.code).toBe('INVALID_INPUT');
    expect(JSON.stringify(json)).not.toContain('electron/');
  });

  it('closes at once with streams open, and leaves no file behind', async () => {
    const own = await openTestDesk({ host: 'browser' });
    const short = await startBrowserHost({
      desk: own.desk,
      pageFolder: emptyPage(own.home),
      port: 0,
      uploadLimit: 100,
    });
    const session = await signIn(short);
    await session.send('PUT', '/files?name=a.json', new Uint8Array([1]));
    const stream = await fetch(`${session.origin}/rpc/main/desk/notices`, {
      method: 'POST',
      headers: { ...session.headers, 'content-type': 'application/json' },
      body: '{"json":{}}',
    });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    await short.close();
    await expect(stream.text()).rejects.toThrow();
    expect(readdirSync(own.home).filter((name) => name.startsWith('browser-'))).toEqual([]);
    await own.close();
    expect(existsSync(join(own.home, 'desk.db'))).toBe(false);
  });
});

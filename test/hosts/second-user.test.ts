import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startCli } from './real-cli.ts';
import { temporaryHome } from './test-desk.ts';

const NOBODY = 65_534;
/** Only root can become somebody else. */
const canBecomeAnother = process.getuid?.() === 0 && process.platform === 'linux';

/** What a program of another user tries, in its own process; it prints what it got. */
const INTRUDER = `
const [port, ...files] = process.argv.slice(1);
const origin = 'http://127.0.0.1:' + port;
const headers = { origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
const post = (path, body) => fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) }).then((answer) => answer.status);
const read = (file) => { try { return require('node:fs').readFileSync(file).length; } catch (error) { return error.code; } };
(async () => {
  const calls = [await post('/rpc/main/desk/info', { json: {} }), await post('/session', { code: 'guess' }), await post('/targets', { name: 'a' })];
  console.log(JSON.stringify({ uid: process.getuid(), calls, reads: files.map(read) }));
})();
`;

describe.skipIf(!canBecomeAnother)('S31: the browser host beside another user of the machine', () => {
  const home = temporaryHome();
  let serving: ReturnType<typeof startCli>;
  let line: { url: string; port: number; pid: number };

  beforeAll(async () => {
    // A program in place of the browser's starter says what it was given.
    const opener = join(home.path, 'xdg-open');
    writeFileSync(opener, `#!/bin/sh\necho "$@" > "${home.path}/opened"\n`, { mode: 0o755 });
    const env = { DISPLAY: ':99', PATH: `${home.path}:${process.env.PATH}` };
    serving = startCli(home.path, ['serve', '--json', '--store', home.store], env);
    line = await vi.waitFor(() => JSON.parse(serving.out()), { timeout: 60_000 });
  });
  afterAll(async () => {
    serving.child.kill('SIGINT');
    await serving.ended;
    home.remove();
  });

  it('who sends all that a page would send still gets no data, and can read none of its files', async () => {
    const opened = await vi.waitFor(() => readFileSync(join(home.path, 'opened'), 'utf8').trim(), { timeout: 60_000 });
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', INTRUDER, String(line.port), opened, home.store], {
      uid: NOBODY,
      gid: NOBODY,
      cwd: '/',
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ uid: NOBODY, calls: [401, 401, 401], reads: ['EACCES', 'EACCES'] });
  });

  it('S29: no code stands in a program’s arguments: the browser gets a file, and the file leads through the door', async () => {
    const opened = await vi.waitFor(() => readFileSync(join(home.path, 'opened'), 'utf8').trim(), { timeout: 60_000 });
    expect(opened).toBe(join(home.path, `open-${line.pid}.html`));
    expect(readFileSync(opened, 'utf8')).toContain(`http://127.0.0.1:${line.port}/open#code=`);
    expect(readFileSync(`/proc/${line.pid}/cmdline`, 'utf8')).not.toContain('code=');
  });
});

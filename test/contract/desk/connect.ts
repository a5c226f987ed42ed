import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink as HttpLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import type { DeskClient } from '../../../electron/desk/local-client.ts';
import { portServer } from '../../../electron/desk/serve-port.ts';
import { type BrowserHost, startBrowserHost } from '../../../electron/hosts/browser/browser-host.ts';
import { HandClock } from '../../hosts/hand-clock.ts';
import { openTestDesk, type TestDesk, temporaryHome } from '../../hosts/test-desk.ts';
import { cliDriver } from './cli-driver.ts';
import { clientDriver } from './client-driver.ts';
import type { Connected } from './describe-desk.ts';

/** The desk itself, over one end of a message channel: what a desktop window holds. */
export async function overPort(): Promise<Connected> {
  const test = await openTestDesk();
  const { port1, port2 } = new MessageChannel();
  portServer(test.desk)(port1);
  port1.start();
  const client: DeskClient = createORPCClient(new PortLink({ port: port2 }));
  port2.start();
  const { staging } = test.desk;
  const targets = new Map<string, string>();
  const driver = await clientDriver({
    client,
    stageSource: async (path) => staging.stageSource(path, { name: basename(path), temporary: false }),
    async stageTarget(out) {
      const staged = staging.stageTarget(resolve(out), { name: basename(out), force: false });
      targets.set(staged, out);
      return staged;
    },
    deliver: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
  return connected(test, driver, () => {
    port1.close();
    port2.close();
  });
}

/** The browser host, spoken to as its page does. */
export async function overHttp(): Promise<Connected> {
  const test = await openTestDesk({ host: 'browser' });
  const host = await startBrowserHost({
    desk: test.desk,
    pageFolder: emptyPage(test.home),
    port: 0,
    uploadLimit: 2 ** 30,
  });
  const page = await signIn(host);
  const client: DeskClient = createORPCClient(new HttpLink({ url: `${page.origin}/rpc`, headers: page.headers }));
  const driver = await clientDriver({
    client,
    async stageSource(path) {
      const name = encodeURIComponent(basename(path));
      return (await page.send<{ staged: string }>('PUT', `/files?name=${name}`, readFileSync(path))).staged;
    },
    stageTarget: async (out) =>
      (await page.send<{ staged: string }>('POST', '/targets', { name: basename(out) })).staged,
    async deliver(staged, out) {
      const { code } = await page.send<{ code: string }>('POST', '/downloads', { staged });
      const { 'sec-fetch-site': site } = page.headers;
      const answer = await fetch(`${page.origin}/downloads/${code}`, { headers: { 'sec-fetch-site': site } });
      writeFileSync(out, Buffer.from(await answer.arrayBuffer()));
    },
    close: () => Promise.resolve(),
  });
  return connected(test, driver, () => host.close());
}

/** The command line, on one store: each call is a program of its own. */
export async function overCli(): Promise<Connected> {
  const home = temporaryHome();
  const clock = new HandClock();
  return {
    driver: cliDriver(home.path, home.store, clock),
    clock,
    folder: home.path,
    store: home.store,
    close: async () => home.remove(),
  };
}

function connected(test: TestDesk, driver: Connected['driver'], end: () => void | Promise<void>): Connected {
  return {
    driver,
    clock: test.clock,
    folder: test.home,
    store: test.store,
    async close() {
      await end();
      await test.close();
    },
  };
}

/** A page that is nothing but there. */
export function emptyPage(home: string): string {
  const folder = join(home, 'page');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__">');
  writeFileSync(join(folder, 'assets', 'main.js'), 'export {};');
  copyFileSync(join(folder, 'index.html'), join(folder, 'index.html.bak'));
  return folder;
}

/** Exchanges a fresh link for a session, and sends as its page would. */
export async function signIn(host: Pick<BrowserHost, 'freshLink'>) {
  const link = new URL(host.freshLink());
  const { origin } = link;
  const own = { origin, 'sec-fetch-site': 'same-origin' };
  const code = new URLSearchParams(link.hash.slice(1)).get('code');
  const answer = await fetch(`${origin}/session`, { method: 'POST', headers: own, body: JSON.stringify({ code }) });
  const { bearer } = (await answer.json()) as { bearer: string };
  const headers = { ...own, authorization: `Bearer ${bearer}` };
  return {
    origin,
    headers,
    bearer,
    async send<T>(method: string, path: string, body: unknown): Promise<T> {
      const sent = body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
      const given = await fetch(`${origin}${path}`, { method, headers, body: sent });
      if (!given.ok) throw new Error(`${given.status} ${await given.text()}`);
      return (await given.json()) as T;
    },
  };
}

import { type EventEmitter, once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { DeskClient } from '../../electron/desk/local-client.ts';
import { projectRoot } from '../helpers/project-root.ts';
import * as electron from './electron.ts';

/** Runs the compiled main process on the double and does what a test asks for over IPC; a page is played by this file. */

type Asked = { n: number; do: string; with: unknown[] };
const PAGE = 'app://desk/t/acme/queue';

await import(pathToFileURL(join(projectRoot, 'dist', 'desktop', 'main.js')).href);

let client: DeskClient | null = null;
let port: MessagePort | null = null;

const contents = () => {
  const [window] = electron.BrowserWindow.getAllWindows();
  if (window === undefined) throw new Error('there is no window');
  return window.webContents;
};

/** An IPC event as it comes from a frame: of the window itself, of a frame in it, or of none. */
function eventFrom(frame: unknown) {
  const sender = contents();
  const frames: Record<string, unknown> = { page: sender.mainFrame, none: null, inner: { url: PAGE } };
  if (typeof frame === 'string' && frame in frames) return { sender, senderFrame: frames[frame] };
  sender.mainFrame.url = String(frame);
  return { sender, senderFrame: sender.mainFrame };
}

const ACTS: Record<string, (...given: never[]) => unknown> = {
  async connect(frame: string) {
    const sender = contents();
    const before = sender.posted.length;
    electron.ipcMain.listeners.get('desk:connect')?.(eventFrom(frame));
    sender.mainFrame.url = PAGE;
    const [given] = sender.posted.slice(before).flatMap(({ ports }) => ports);
    if (given === undefined) return false;
    port = given;
    client = createORPCClient(new RPCLink({ port: given }));
    given.start();
    return true;
  },
  async call(path: string, input: unknown) {
    let at: unknown = client;
    for (const name of path.split('.')) at = (at as Record<string, unknown>)[name];
    return (at as (input: unknown) => Promise<unknown>)(input);
  },
  async invoke(channel: string, frame: string, ...given: unknown[]) {
    try {
      return { answer: await electron.ipcMain.handlers.get(channel)?.(eventFrom(frame), ...given) };
    } catch (error) {
      return { refused: (error as Error).message };
    } finally {
      contents().mainFrame.url = PAGE;
    }
  },
  async portCloses(event: string) {
    if (port === null) throw new Error('there is no port');
    const closed = once(port as unknown as EventEmitter, 'close');
    contents().emit(event, { isMainFrame: true, isSameDocument: false });
    await closed;
    return true;
  },
  async page(url: string, method = 'GET') {
    const answer = await electron.session.defaultSession.pages.get('app')?.(new Request(url, { method }));
    return { status: answer?.status, headers: Object.fromEntries(answer?.headers ?? []), body: await answer?.text() };
  },
  navigate(event: string, url: string) {
    let prevented = false;
    const given = { url, isMainFrame: true, preventDefault: () => (prevented = true) };
    contents().emit(event, given, url);
    return prevented;
  },
  permissions() {
    const { request, check, device, display } = electron.session.defaultSession.permissions;
    const answers: unknown[] = [];
    request?.({}, 'camera', (granted: unknown) => answers.push(granted));
    display?.({}, (streams: unknown) => answers.push(streams));
    return [...answers, check?.(), device?.()];
  },
  choose(choice: Partial<typeof electron.dialog>) {
    Object.assign(electron.dialog, choice);
  },
  keyring(change: Partial<typeof electron.safeStorage> = {}) {
    Object.assign(electron.safeStorage, change);
    return electron.safeStorage.given;
  },
  crash(name: string) {
    const child = electron.utilityProcess.children.findLast(({ path }) => path.endsWith(name));
    if (child === undefined) throw new Error(`there is no ${name}`);
    const gone = once(child, 'exit');
    child.kill();
    return gone.then(() => contents().reloads);
  },
  second() {
    electron.app.emit('second-instance', {}, ['--evil', 'app://evil/']);
    return electron.BrowserWindow.getAllWindows().map(({ focused, loaded }) => ({ focused, loaded }));
  },
  state() {
    const [window] = electron.BrowserWindow.getAllWindows();
    return {
      preferences: window?.options.webPreferences,
      loaded: window?.loaded,
      sandboxed: electron.app.sandboxed,
      order: electron.app.order,
      schemes: electron.protocol.schemes,
      windowOpen: window?.webContents.openHandler?.(),
      channels: [...electron.ipcMain.handlers.keys(), ...electron.ipcMain.listeners.keys()],
      errors: electron.dialog.errors,
      asked: electron.dialog.asked,
      opened: electron.shell.opened,
    };
  },
  /** Loads the compiled preload as Electron would, and says what a page then has, and what crossed when it is used. */
  async preload() {
    const posted: unknown[][] = [];
    Object.assign(globalThis, { window: { postMessage: (...given: unknown[]) => posted.push(given) } });
    createRequire(import.meta.url)(join(projectRoot, 'dist', 'desktop', 'preload.cjs'));
    const [[world, methods] = ['', {}]] = Object.entries(electron.contextBridge.exposed);
    for (const method of Object.values(methods)) await method('given', 'more');
    electron.ipcRenderer.listeners.get('desk:port')?.({ ports: ['a port'], sender: 'secret' });
    return { world, names: Object.keys(methods), sent: electron.ipcRenderer.sent, posted };
  },
  async quit() {
    const gone = once(electron.app, 'test:gone');
    electron.app.quit();
    await gone;
    contents().emit('destroyed');
    return electron.app.order.filter((step) => step === 'fork desk-process.js').length;
  },
  /** Quits and is told to stay. */
  async quitAndStay() {
    const asked = electron.dialog.asked.length;
    electron.app.quit();
    while (electron.dialog.asked.length === asked) await new Promise((resolve) => setImmediate(resolve));
    return electron.dialog.asked.at(-1);
  },
};

process.on('message', async ({ n, do: name, with: given }: Asked) => {
  try {
    process.send?.({ n, answer: await ACTS[name]?.(...(given as never[])) });
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    process.send?.({ n, failed: { message, code } });
  }
});
process.send?.({ ready: true });

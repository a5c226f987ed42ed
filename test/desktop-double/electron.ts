import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';

/**
 * As much of Electron as the desktop host's main process touches, without a window: what it was told is kept for the
 * test to look at, and the test speaks for the pages. Utility processes are threads, so that ports can cross.
 */

type Handler = (event: unknown, ...given: unknown[]) => unknown;
type Answer = boolean | { action: string } | Record<string, never>;

export class WebContents extends EventEmitter {
  readonly mainFrame = { url: '' };
  readonly posted: { channel: string; ports: readonly MessagePort[] }[] = [];
  openHandler: (() => Answer) | null = null;
  reloads = 0;

  postMessage(channel: string, _message: unknown, ports: readonly MessagePort[]): void {
    this.posted.push({ channel, ports });
    this.emit('test:posted');
  }
  setWindowOpenHandler(handler: () => Answer): void {
    this.openHandler = handler;
  }
  reload(): void {
    this.reloads += 1;
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  readonly webContents = new WebContents();
  readonly options: { webPreferences: Record<string, unknown> };
  readonly loaded: string[] = [];
  focused = 0;

  constructor(options: { webPreferences: Record<string, unknown> }) {
    super();
    this.options = options;
    BrowserWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.all];
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.all.find((window) => window.webContents === contents) ?? null;
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    this.webContents.mainFrame.url = url;
  }
  removeMenu(): void {}
  show(): void {}
  isMinimized(): boolean {
    return false;
  }
  focus(): void {
    this.focused += 1;
  }
}

class App extends EventEmitter {
  sandboxed = false;
  locked = false;
  readonly paths = new Map<string, string>();
  /** In the order they happened: what must come before what. */
  readonly order: string[] = [];

  enableSandbox(): void {
    this.sandboxed = true;
    this.order.push('sandbox');
  }
  requestSingleInstanceLock(): boolean {
    this.locked = true;
    this.order.push('lock');
    return process.env.DOUBLE_LOCK !== 'taken';
  }
  whenReady(): Promise<void> {
    this.order.push('ready');
    return Promise.resolve();
  }
  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }
  getPath(name: string): string {
    return this.paths.get(name) ?? join(tmpdir(), name);
  }
  /** As Electron: listeners of before-quit may hold it up. */
  quit(): void {
    let held = false;
    this.emit('before-quit', { preventDefault: () => (held = true) });
    if (!held) this.emit('test:gone');
  }
}
export const app = new App();

export const ipcMain = {
  handlers: new Map<string, Handler>(),
  listeners: new Map<string, Handler>(),
  handle(channel: string, handler: Handler): void {
    this.handlers.set(channel, handler);
  },
  on(channel: string, listener: Handler): void {
    this.listeners.set(channel, listener);
  },
};

interface Scheme {
  scheme: string;
  privileges: Record<string, boolean>;
}
export const protocol = {
  schemes: [] as Scheme[],
  registerSchemesAsPrivileged(schemes: Scheme[]): void {
    this.schemes.push(...schemes);
  },
};

export const session = {
  defaultSession: {
    pages: new Map<string, (request: Request) => Response | Promise<Response>>(),
    permissions: {} as Record<string, (...given: unknown[]) => unknown>,
    protocol: {
      handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
        session.defaultSession.pages.set(scheme, handler);
      },
    },
    setPermissionRequestHandler(handler: (...given: unknown[]) => unknown): void {
      this.permissions.request = handler;
    },
    setPermissionCheckHandler(handler: (...given: unknown[]) => unknown): void {
      this.permissions.check = handler;
    },
    setDevicePermissionHandler(handler: (...given: unknown[]) => unknown): void {
      this.permissions.device = handler;
    },
    setDisplayMediaRequestHandler(handler: (...given: unknown[]) => unknown): void {
      this.permissions.display = handler;
    },
  },
};

/** What the person would choose; the test sets it. */
export const dialog = {
  files: [] as string[],
  target: '',
  button: 0,
  errors: [] as string[],
  asked: [] as unknown[],
  showOpenDialog: async () => ({ filePaths: dialog.files }),
  showSaveDialog: async () => ({ canceled: dialog.target === '', filePath: dialog.target }),
  /** With a window before the options, or without. */
  showMessageBox: async (...given: unknown[]) => {
    dialog.asked.push(given.at(-1));
    return { response: dialog.button };
  },
  showErrorBox: (_title: string, message: string) => void dialog.errors.push(message),
};

export const shell = {
  opened: [] as string[],
  openExternal: async (address: string) => void shell.opened.push(address),
};

export const utilityProcess = {
  children: [] as UtilityThread[],
  fork(path: string, args: readonly string[] = []): UtilityThread {
    const child = new UtilityThread(path, args);
    this.children.push(child);
    app.order.push(`fork ${path.split('/').at(-1)}`);
    return child;
  },
};

class UtilityThread extends EventEmitter {
  readonly pid = process.pid;
  readonly path: string;
  readonly worker: Worker;

  constructor(path: string, args: readonly string[]) {
    super();
    this.path = path;
    const options = { workerData: path, execArgv: [], argv: [...args] };
    this.worker = new Worker(new URL('./utility-thread.mjs', import.meta.url), options);
    this.worker.on('message', (message) => this.emit('message', message));
    this.worker.on('online', () => this.emit('spawn'));
    this.worker.on('error', (error) => process.stderr.write(`${String(error)}\n`));
    this.worker.on('exit', (code) => this.emit('exit', code));
  }
  postMessage(data: unknown, ports: MessagePort[] = []): void {
    this.worker.postMessage({ data, ports }, ports);
  }
  kill(): boolean {
    void this.worker.terminate();
    return true;
  }
}

/** A keyring in the test's hand: its password may change, and it may ask for everything to be encrypted anew. */
export const safeStorage = {
  backend: process.env.DOUBLE_KEYRING ?? 'gnome_libsecret',
  password: 'first',
  reachable: true,
  rotated: false,
  /** What was given to it, as it came: a private key is never among it. */
  given: [] as string[],
  getSelectedStorageBackend: () => safeStorage.backend,
  isAsyncEncryptionAvailable: async () => safeStorage.reachable,
  async encryptStringAsync(text: string): Promise<Buffer> {
    safeStorage.given.push(text);
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keyOf(safeStorage.password), nonce);
    return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  },
  async decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(safeStorage.password), sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(-16));
    const opened = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    return { result: opened.toString('utf8'), shouldReEncrypt: safeStorage.rotated };
  },
};

function keyOf(password: string): Buffer {
  return createHash('sha256').update(password).digest();
}

export class MessageChannelMain {
  readonly port1: MessagePort;
  readonly port2: MessagePort;
  constructor() {
    ({ port1: this.port1, port2: this.port2 } = new MessageChannel());
  }
}

/** The preload's side. */
export const contextBridge = {
  exposed: {} as Record<string, Record<string, (...given: unknown[]) => unknown>>,
  exposeInMainWorld(name: string, methods: Record<string, (...given: unknown[]) => unknown>): void {
    this.exposed[name] = methods;
  },
};
export const ipcRenderer = {
  sent: [] as unknown[][],
  listeners: new Map<string, Handler>(),
  send: (...given: unknown[]) => void ipcRenderer.sent.push(given),
  invoke: async (...given: unknown[]) => {
    ipcRenderer.sent.push(given);
    return 'answer';
  },
  on(channel: string, listener: Handler): void {
    this.listeners.set(channel, listener);
  },
};
export const webUtils = { getPathForFile: () => '/chosen/by/the/person' };

import { BrowserWindow, type WebContents } from 'electron';
import { PAGE_ORIGIN, PAGE_URL } from './page.ts';

/** S1: a page like any other, with nothing of Node in it. A test reads these from the live window. */
const PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  spellcheck: false,
} as const;

/** Opens a window of the desk. */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 480,
    minHeight: 480,
    show: false,
    title: 'VEX Review Desk',
    webPreferences: { ...PREFERENCES, preload },
  });
  window.once('ready-to-show', () => window.show());
  window.removeMenu();
  void window.loadURL(PAGE_URL);
  return window;
}

/** Holds any page of the app where it is: no other address, no other window, no guest page (S5). */
export function confine(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!event.url.startsWith(`${PAGE_ORIGIN}/`)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !event.url.startsWith(`${PAGE_ORIGIN}/`)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, protocol, session } from 'electron';
import { dataFolder } from '../../desk/data-folder.ts';
import { programFiles } from '../../desk/program-files.ts';
import { askAboutHolds } from './ask-about-holds.ts';
import { DeskProcess } from './desk-client.ts';
import { PAGE_SCHEME, servePage } from './page.ts';
import { answerPageCalls } from './page-calls.ts';
import { denyPermissions } from './permissions.ts';
import { confine, openWindow } from './window.ts';
import { WindowPorts } from './window-ports.ts';

const files = programFiles(import.meta.filename);
const preload = join(import.meta.dirname, 'preload.cjs');

let desk: DeskProcess | null = null;
let leaving = false;

function startDesk(): DeskProcess {
  return new DeskProcess({
    desk: join(import.meta.dirname, '..', 'desk-process.js'),
    reader: files.reader,
    onFailed(message) {
      dialog.showErrorBox('The desk could not open its store', message);
    },
    onExit(expected) {
      desk = null;
      // A crash of the desk never takes the app: it is started again, and each page asks for a new way to it (S18).
      if (!expected) for (const window of BrowserWindow.getAllWindows()) window.webContents.reload();
    },
  });
}

function runningDesk(): DeskProcess {
  desk ??= startDesk();
  return desk;
}

/** What another start of the program was given is not looked at (S17): it only brings the window to the front. */
function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) openWindow(preload);
  else if (window.isMinimized()) window.restore();
  else window.focus();
}

/** The desk ends its work and closes its store first; then the app goes. Twice asked, it goes once. */
async function leave(running: DeskProcess): Promise<void> {
  if (leaving) return;
  leaving = true;
  const waiting = await running.countHolds().catch(() => 0);
  const choice = await askAboutHolds(waiting);
  if (choice === 'stay') {
    showWindow();
  } else {
    await running.close(choice === 'record');
    app.quit();
  }
  leaving = false;
}

async function begin(): Promise<void> {
  await app.whenReady();
  denyPermissions(session.defaultSession);
  servePage(session.defaultSession, files.page);
  answerPageCalls(runningDesk, new WindowPorts(runningDesk));
  runningDesk();
  openWindow(preload);
}

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
const profile = join(dataFolder(), 'window');
mkdirSync(profile, { recursive: true, mode: 0o700 });
app.setPath('userData', profile);

// The lock comes before the store is opened (S17).
if (app.requestSingleInstanceLock()) {
  app.on('web-contents-created', (_event, contents) => confine(contents));
  app.on('second-instance', showWindow);
  app.on('activate', showWindow);
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (desk === null) return;
    event.preventDefault();
    void leave(desk);
  });
  void begin();
} else {
  app.quit();
}

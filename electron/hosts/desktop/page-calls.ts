import { basename, join } from 'node:path';
import { app, BrowserWindow, dialog, shell, type WebContents } from 'electron';
import { z } from 'zod';
import { isFileName } from '../../desk/file-name.ts';
import { CHANNELS } from './channels.ts';
import type { DeskProcess } from './desk-client.ts';
import { answerPage, hearPage } from './ipc.ts';
import type { Staged } from './messages.ts';
import type { WindowPorts } from './window-ports.ts';

const LONGEST_PATH = 32_767;
const LONGEST_ADDRESS = 2048;
/** The dialog shows it, the person chooses where. */
const FileName = z.string().refine(isFileName);

/** Answers what the page may ask of the machine: its way to the desk, files that a person chooses, an address to open. */
export function answerPageCalls(desk: () => DeskProcess, ports: WindowPorts): void {
  hearPage(CHANNELS.connect, (sender) => ports.issue(sender));
  answerPage(CHANNELS.pickFiles, z.tuple([]), (_given, sender) => pickFiles(desk(), sender));
  answerPage(CHANNELS.stageDropped, z.tuple([z.string().min(1).max(LONGEST_PATH)]), ([path]) =>
    desk().stage('stage-source', path, basename(path)),
  );
  answerPage(CHANNELS.pickTarget, z.tuple([FileName]), ([name], sender) => pickTarget(desk(), sender, name));
  answerPage(CHANNELS.pickFolder, z.tuple([]), (_given, sender) => pickFolder(desk(), sender));
  answerPage(CHANNELS.openExternal, z.tuple([z.string().max(LONGEST_ADDRESS)]), ([address], sender) =>
    openExternal(sender, address),
  );
}

async function pickFiles(desk: DeskProcess, sender: WebContents): Promise<Staged[]> {
  const { filePaths } = await dialog.showOpenDialog(windowOf(sender), {
    title: 'Import',
    properties: ['openFile', 'multiSelections'],
  });
  const staged: Staged[] = [];
  for (const path of filePaths) staged.push(await desk.stage('stage-source', path, basename(path)));
  return staged;
}

async function pickTarget(desk: DeskProcess, sender: WebContents, name: string): Promise<{ staged: string } | null> {
  const defaultPath = join(app.getPath('documents'), name);
  const { canceled, filePath } = await dialog.showSaveDialog(windowOf(sender), { title: 'Export', defaultPath });
  if (canceled || filePath === '') return null;
  const { staged } = await desk.stage('stage-target', filePath, basename(filePath));
  return { staged };
}

/** A folder that exports are to be written to by themselves; null when the person chooses none. */
async function pickFolder(desk: DeskProcess, sender: WebContents): Promise<Staged | null> {
  const { filePaths } = await dialog.showOpenDialog(windowOf(sender), {
    title: 'Scheduled export',
    properties: ['openDirectory', 'createDirectory'],
  });
  const path = filePaths[0];
  return path === undefined ? null : desk.stage('stage-source', path, basename(path));
}

/** S6: only a parsed https address, shown in full, and only when the person says so. */
async function openExternal(sender: WebContents, address: string): Promise<boolean> {
  const url = URL.parse(address);
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  const { response } = await dialog.showMessageBox(windowOf(sender), {
    type: 'question',
    message: 'Open this address in your browser?',
    detail: url.href,
    buttons: ['Cancel', 'Open'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response !== 1) return false;
  await shell.openExternal(url.href);
  return true;
}

function windowOf(sender: WebContents): BrowserWindow {
  const window = BrowserWindow.fromWebContents(sender);
  if (window === null) throw new Error('NOT_FOUND: the window has gone.');
  return window;
}

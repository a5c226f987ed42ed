import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNELS } from './channels.ts';

/** What the page gets of Electron: named methods, never a channel, an event or a path (S8). */
contextBridge.exposeInMainWorld('desk', {
  /** The port comes as a message of this window, `{ desk: 'port' }`: a port cannot cross the bridge itself. */
  connect: (): void => ipcRenderer.send(CHANNELS.connect),
  pickFiles: (): Promise<unknown> => ipcRenderer.invoke(CHANNELS.pickFiles),
  stageDropped: (file: File): Promise<unknown> =>
    ipcRenderer.invoke(CHANNELS.stageDropped, webUtils.getPathForFile(file)),
  pickTarget: (suggestedName: string): Promise<unknown> => ipcRenderer.invoke(CHANNELS.pickTarget, suggestedName),
  pickFolder: (): Promise<unknown> => ipcRenderer.invoke(CHANNELS.pickFolder),
  openExternal: (address: string): Promise<unknown> => ipcRenderer.invoke(CHANNELS.openExternal, address),
});

ipcRenderer.on(CHANNELS.port, (event) => {
  window.postMessage({ desk: 'port' }, '*', event.ports);
});

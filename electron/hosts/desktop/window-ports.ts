import { MessageChannelMain, type WebContents } from 'electron';
import { CHANNELS } from './channels.ts';
import type { DeskProcess } from './desk-client.ts';

/** The ways between windows and the desk: one for each window, issued only to a page that passed the check (S9). */
export class WindowPorts {
  readonly #desk: () => DeskProcess;
  readonly #windows = new Map<WebContents, { desk: DeskProcess; window: number }>();
  readonly #watched = new WeakSet<WebContents>();
  #count = 0;

  constructor(desk: () => DeskProcess) {
    this.#desk = desk;
  }

  /** Gives the page a fresh way to the desk; the one it had before is closed. */
  issue(contents: WebContents): void {
    this.#watch(contents);
    this.close(contents);
    const { port1, port2 } = new MessageChannelMain();
    const window = this.#count;
    this.#count += 1;
    const desk = this.#desk();
    this.#windows.set(contents, { desk, window });
    desk.connect(window, port1);
    contents.postMessage(CHANNELS.port, null, [port2]);
  }

  /** The desk closes its end: ours have been handed on. */
  close(contents: WebContents): void {
    const way = this.#windows.get(contents);
    this.#windows.delete(contents);
    way?.desk.disconnect(way.window);
  }

  /** A page that has gone elsewhere, crashed or closed speaks to the desk no more. */
  #watch(contents: WebContents): void {
    if (this.#watched.has(contents)) return;
    this.#watched.add(contents);
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.close(contents);
    });
    contents.on('render-process-gone', () => this.close(contents));
    contents.on('destroyed', () => this.close(contents));
  }
}

import { browserTransport } from './browser.ts';
import { desktopTransport } from './desktop.ts';
import type { DeskTransport } from './transport.ts';

/** The way to the desk of whichever host shows this page; null: a browser page without a session. */
export function connect(): Promise<DeskTransport | null> {
  return window.desk === undefined ? browserTransport() : desktopTransport(window.desk);
}

import { once } from 'node:events';
import { startBrowserHost } from '../../browser/browser-host.ts';
import { textOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { usageError } from '../failure.ts';
import { onEnter, openInBrowser } from '../person.ts';

/** An upload is a file on this same machine: large databases are what it is for. */
const UPLOAD_LIMIT = 64 * 1024 ** 3;

export const serve: Command = {
  name: 'serve',
  summary: 'serves the desk to a browser on this machine',
  help: `serve [--port PORT] [--no-open]
  Enter prints a fresh link; Ctrl-C ends.

Example: serve --no-open --json`,
  options: { port: { type: 'string' }, 'no-open': { type: 'boolean' } },
  store: 'made',
  host: 'browser',
  async run({ terminal, values, stop, pageFolder, home }, open) {
    const port = portOf(textOf(values, 'port'));
    const { desk } = await open();
    const host = await startBrowserHost({ desk, pageFolder, port, uploadLimit: UPLOAD_LIMIT });
    try {
      const url = host.freshLink();
      if (terminal.json) terminal.document(JSON.stringify({ url, port: host.port, pid: process.pid }));
      else
        terminal.lines(
          `The desk is at ${url}\nThe link works once, within a minute. Enter prints a fresh one; Ctrl-C ends.`,
        );
      const forget = values['no-open'] === true ? () => {} : openInBrowser(host.doorLink(), home);
      const stopListening = onEnter(() => terminal.lines(host.freshLink()));
      if (!stop.aborted) await once(stop, 'abort');
      stopListening();
      forget();
    } finally {
      await host.close();
    }
    const waiting = desk.pendingHolds();
    if (waiting > 0)
      terminal.note(`${waiting} decisions waited for an undo: nothing of them is recorded, they are kept as drafts.`);
    return 0;
  },
};

function portOf(text: string | undefined): number {
  if (text === undefined) return 0;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw usageError('--port takes a number from 0 to 65535; 0 lets the system choose.');
}

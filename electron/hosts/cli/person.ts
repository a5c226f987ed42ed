import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Opens the link in the system's browser, by way of a file that only this user can read: what stands in a program's
 * arguments, every user of the machine can read (S29). Nothing depends on it: a link is printed as well. The answer
 * removes the file.
 */
export function openInBrowser(link: string, home: string): () => void {
  const file = join(home, `open-${process.pid}.html`);
  const forget = () => rmSync(file, { force: true });
  const [program, ...args] = browserCommand(file);
  if (program === undefined) return forget;
  writeFileSync(file, pageTo(link), { mode: 0o600 });
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', forget);
  child.unref();
  return forget;
}

/** The link is our own: nothing in it needs escaping. */
function pageTo(link: string): string {
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>VEX Review Desk</title>
<meta http-equiv="refresh" content="0;url=${link}"><a href="${link}">Open the desk</a>
`;
}

function browserCommand(file: string): string[] {
  if (process.platform === 'darwin') return ['open', file];
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', file];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ['xdg-open', file] : [];
}

/** Calls back for each line that a person enters; the answer ends that and lets the process end. */
export function onEnter(callback: () => void): () => void {
  const { stdin } = process;
  if (stdin.isTTY !== true) return () => {};
  stdin.on('data', callback);
  stdin.resume();
  return () => {
    stdin.off('data', callback);
    stdin.pause();
  };
}

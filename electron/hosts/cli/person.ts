import { spawn } from 'node:child_process';

/** Opens the address in the system's browser. Nothing depends on it: the link is printed as well. */
export function openInBrowser(url: string): void {
  const [program, ...args] = browserCommand(url);
  if (program === undefined) return;
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

/** The address holds nothing that a shell could take for more: it is our own, and no shell is asked. */
function browserCommand(url: string): string[] {
  if (process.platform === 'darwin') return ['open', url];
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ['xdg-open', url] : [];
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

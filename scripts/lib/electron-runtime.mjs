import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The path of the installed Electron runtime, or undefined. Reads what its installer left and never imports the package
 * `electron`: from plain Node that starts a download.
 */
export function electronRuntime(root) {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const runtime = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(runtime) ? runtime : undefined;
}

/** Why Electron could show no window here, or undefined when it can. */
export function whyNoWindow(root) {
  if (!electronRuntime(root)) return 'the Electron runtime is not installed (npx install-electron --no installs it)';
  if (process.platform !== 'linux') return undefined;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  if (process.getuid?.() === 0) return 'Electron keeps its sandbox, which root cannot have';
  return undefined;
}

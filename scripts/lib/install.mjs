import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs the packages when node_modules is missing, was left half-made, or is not what package-lock.json says.
 * npm's output goes to standard error, so that a command's standard output stays its own.
 * Compares contents, not times: a clone or a checkout makes every file new.
 */
export function ensureInstalled(root) {
  if (isInstalled(root)) return;
  process.stderr.write('Installing packages (needed once, about half a minute) ...\n');
  const { status, error } = npmCi(root);
  if (status !== 0) {
    process.stderr.write(`npm ci failed${error ? `: ${error.message}` : ''}. Nothing else was started.\n`);
    process.exit(status ?? 1);
  }
}

/** True when each package of the lockfile that is not optional is installed in its version, and none besides. */
function isInstalled(root) {
  // npm writes this file last, so its absence also means an installation that was cut off.
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = packagesOf(installedFile);
  const locked = packagesOf(join(root, 'package-lock.json'));
  for (const path of Object.keys(installed)) {
    if (locked[path]?.version !== installed[path].version) return false;
  }
  return Object.keys(locked).every((path) => path === '' || locked[path].optional || installed[path] !== undefined);
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

function npmCi(root) {
  const args = ['ci', '--loglevel=error', '--no-progress'];
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  // The npm that called us, run by the Node that runs us: no search in PATH, and no shell on Windows.
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return spawnSync(process.execPath, [npm, ...args], options);
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const INPUTS = ['electron', 'renderer', 'shared', 'resources', 'scripts', 'package.json', 'package-lock.json'];
const STAMP = join('dist', '.inputs');

/** True when dist/ is missing or was built from other sources than those that lie here now. */
export function isStale(root) {
  const stamp = join(root, STAMP);
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== hashOfInputs(root);
}

/** SHA-256 in hex over the path and contents of each file that goes into dist/. */
export function hashOfInputs(root) {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap((input) => filesIn(join(root, input)))) {
    const bytes = readFileSync(file);
    hash.update(`${relative(root, file).split(sep).join('/')}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

function filesIn(path) {
  if (!existsSync(path)) return [];
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [path];
  }
  const names = entries.map((entry) => entry.name).sort();
  return names.flatMap((name) => filesIn(join(path, name)));
}

// The lockfile names no address (each installation uses its own registry) and carries a hash for each package;
// package.json names exact versions only.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const read = (name) => JSON.parse(readFileSync(join(process.cwd(), name), 'utf8'));

function* lockfileFaults({ packages }) {
  const locked = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)));
  for (const [path, entry] of Object.entries(packages)) {
    if (path === '') continue;
    if (entry.resolved !== undefined)
      yield `package-lock.json: ${path} has an address (npm install --omit-lockfile-registry-resolved)`;
    if (entry.integrity === undefined) yield `package-lock.json: ${path} has no integrity hash`;
    // npm leaves out a platform's package that the registry lacks, and then refuses the lockfile as not in step.
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!locked.has(name)) yield `package-lock.json: ${path} needs ${name}, which is not locked: npm ci would fail`;
    }
  }
}

function* versionFaults(manifest) {
  for (const group of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    for (const [name, version] of Object.entries(manifest[group] ?? {})) {
      if (!EXACT.test(version)) yield `package.json: ${name} is "${version}", not an exact version`;
    }
  }
}

const faults = [...lockfileFaults(read('package-lock.json')), ...versionFaults(read('package.json'))];
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

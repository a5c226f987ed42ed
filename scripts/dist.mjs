// `npm run dist`: packs the app with electron-builder (arguments are passed on, as --dir or --linux), then reads the fuses
// back out of what was packed: a package that would run foreign code is not left lying there as good.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { run } from './lib/child.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const release = join(root, 'release');

/** S11, as the fuses must read in the packed program. */
const FUSES = {
  RunAsNode: FuseState.DISABLE,
  EnableNodeOptionsEnvironmentVariable: FuseState.DISABLE,
  EnableNodeCliInspectArguments: FuseState.DISABLE,
  GrantFileProtocolExtraPrivileges: FuseState.DISABLE,
  EnableCookieEncryption: FuseState.ENABLE,
  OnlyLoadAppFromAsar: FuseState.ENABLE,
  EnableEmbeddedAsarIntegrityValidation: FuseState.ENABLE,
};

/** The programs that this run packed: one in each unpacked folder newer than the run. */
function packedPrograms(since) {
  if (!existsSync(release)) return [];
  const folders = readdirSync(release).map((name) => join(release, name));
  const candidates = folders.flatMap((folder) => [
    join(folder, 'vex-review-desk'),
    join(folder, 'vex-review-desk.exe'),
    join(folder, 'VEX Review Desk.exe'),
    join(folder, 'VEX Review Desk.app'),
  ]);
  return candidates.filter((path) => existsSync(path) && statSync(dirname(path)).mtimeMs >= since);
}

async function* wrongFuses(program) {
  const wire = await getCurrentFuseWire(program);
  for (const [name, wanted] of Object.entries(FUSES)) {
    if (wire[FuseV1Options[name]] !== wanted) yield `${program}: fuse ${name} is not ${FuseState[wanted]}`;
  }
}

const started = Date.now() - 1000;
const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
const code = await run(process.execPath, [builder, '--config', 'electron-builder.yml', ...process.argv.slice(2)], {
  cwd: root,
});
const programs = code === 0 ? packedPrograms(started) : [];
const faults =
  code === 0 && programs.length === 0 ? ['electron-builder packed no program whose fuses could be read'] : [];
for (const program of programs) {
  for await (const fault of wrongFuses(program)) faults.push(fault);
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : code;

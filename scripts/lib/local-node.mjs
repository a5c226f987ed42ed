import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const OLDEST = 22;

/**
 * The path of the Node that does the work: the one installed as a package, else the running one where it is new enough
 * for better-sqlite3 (22); else throws a sentence for people. Never looks in PATH: a shell that has run `node` once
 * keeps using that one.
 */
export function localNode(root) {
  const windows = process.platform === 'win32';
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const packaged = join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(packaged)) return packaged;
  if (Number.parseInt(process.versions.node, 10) >= OLDEST) return process.execPath;
  throw new Error(
    `VEX Review Desk needs Node ${OLDEST} or newer on ${process.platform} ${process.arch}; this is ${process.version}. ` +
      'Install a newer Node and run the command again.',
  );
}

/** The environment in which every child, however deep, finds that same Node first. */
export function environmentFor(node) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [key]: [dirname(node), process.env[key]].filter(Boolean).join(delimiter) };
}

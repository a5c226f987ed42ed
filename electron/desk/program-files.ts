import { basename, dirname, join } from 'node:path';

/** What a program of the product finds beside itself. */
export interface ProgramFiles {
  /** The child that reads foreign files. */
  readonly reader: string;
  /** The sample ledger's vex.db. */
  readonly sample: string;
  /** The built page. */
  readonly page: string;
  /** The fonts of reports, under the paths of their packages. */
  readonly fonts: string;
}

/**
 * The files that belong to the program `entry` (its own absolute path): in dist/, where each program is one file, or
 * in the sources, from which Node runs it as it stands.
 */
export function programFiles(entry: string): ProgramFiles {
  const folder = dirname(entry);
  if (entry.endsWith('.ts')) return inSources(join(folder, '..', '..', '..'));
  const dist = basename(folder) === 'desktop' ? dirname(folder) : folder;
  return {
    reader: join(dist, 'reader.js'),
    sample: join(unpacked(dist), 'sample', 'vex.db'),
    page: join(dist, 'renderer'),
    fonts: join(dist, 'fonts'),
  };
}

function inSources(root: string): ProgramFiles {
  return {
    reader: join(root, 'electron', 'gateways', 'files', 'reader-main.ts'),
    sample: join(root, 'resources', 'sample', 'vex.db'),
    page: join(root, 'dist', 'renderer'),
    fonts: join(root, 'node_modules'),
  };
}

/** A packed app keeps what other programs open beside its archive. */
function unpacked(dist: string): string {
  return dist.replace(/app\.asar(?=[/\\])/, 'app.asar.unpacked');
}

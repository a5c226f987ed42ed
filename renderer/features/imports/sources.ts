import type { StagedFile } from '../../transport/transport.ts';

const BESIDE = /-(wal|shm|journal)$/;

/**
 * The files to import of those that came: what SQLite keeps beside a database is read with it and is no source of its
 * own. Alone it stays one, so that its refusal is seen.
 */
export function sourcesOf(files: readonly StagedFile[]): readonly StagedFile[] {
  const names = new Set(files.map(({ name }) => name));
  return files.filter(({ name }) => !(BESIDE.test(name) && names.has(name.replace(BESIDE, ''))));
}

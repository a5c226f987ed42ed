import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DeskError } from '../../../../shared/domain/errors.ts';

/** Linux `statfs` types of file systems whose locks and shared memory other machines do not see (linux/magic.h). */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x5346414f, 'AFS'],
  [0x73757245, 'Coda'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x01021997, '9P'],
]);

/** The name of the network file system that a `statfs` type means; null for a local one. */
export function networkFileSystem(type: number): string | null {
  return NETWORK_FILE_SYSTEMS.get(type >>> 0) ?? null;
}

/** Refuses a store on a network file system (S42): WAL needs memory that all its users share. INVALID_INPUT. */
export function refuseNetworkPlace(path: string, typeOf: (folder: string) => number = fileSystemType): void {
  const name = networkFileSystem(typeOf(dirname(path)));
  if (name === null && !path.startsWith('\\\\')) return;
  throw new DeskError(
    'INVALID_INPUT',
    `A ledger cannot lie on a network drive (${name ?? 'UNC path'}): two machines would damage it. Choose a local folder.`,
  );
}

function fileSystemType(folder: string): number {
  return process.platform === 'linux' ? statfsSync(folder).type : 0;
}

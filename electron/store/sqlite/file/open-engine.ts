import { realpathSync, statSync } from 'node:fs';
import type { Clock, IdSource } from '../../../../shared/domain/clock.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { APPLICATION_ID, BUSY_MS, openReader, openWriter } from '../base/connection.ts';
import { Engine } from '../base/engine.ts';
import { failureOf } from '../base/failure.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import type { Migration } from '../migrations/migration.ts';
import { peekHeader } from './file-header.ts';
import { migrate, refuseNewer } from './migrate.ts';
import { refuseNetworkPlace } from './place.ts';

export interface OpenOptions {
  /** The file; made when it is not there. Its folder must be. */
  readonly path: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** How long a write waits for another process's before it is STORE_BUSY; 5 s. */
  readonly busyMs?: number;
  /** For tests of migrations. */
  readonly migrations?: readonly Migration[];
}

/**
 * Stores that this process has open now. Such a file is never opened and closed beside SQLite: closing any descriptor
 * of it would drop the locks by which other processes know that we are here (S38).
 */
const openHere = new Map<string, number>();

/**
 * Opens the file's engine, makes the file or brings it to the newest form. Any number of processes may have it open.
 * STORE_TOO_NEW leaves a newer desk's store byte for byte as it was; INVALID_INPUT for another program's file and for
 * a network drive; STORE_READ_ONLY when the file is damaged beyond reading.
 */
export function openEngine({ path, clock, ids, busyMs = BUSY_MS, migrations = MIGRATIONS }: OpenOptions): Engine {
  refuseNetworkPlace(path);
  try {
    const fresh = refuseStrangers(path, migrations.at(-1)?.number ?? 0);
    const writer = openWriter(path, { fresh, busyMs });
    try {
      refuseNewer(writer.pragma('user_version') as number, migrations.at(-1)?.number ?? 0);
      migrate(writer, path, migrations);
      const engine = new Engine({
        path,
        clock,
        ids,
        writer,
        reader: openReader(path),
        onClose: () => countOpen(path, -1),
      });
      countOpen(path, 1);
      return engine;
    } catch (error) {
      writer.close();
      throw error;
    }
  } catch (error) {
    throw notOpened(error);
  }
}

/** Where not even reading is possible, the usual words for a ledger that may only be read would be untrue. */
function notOpened(error: unknown): unknown {
  const failure = failureOf(error);
  if (failure === null || failure.readOnly === null) return failure?.error ?? error;
  const reason = failure.readOnly;
  const message = `This ledger cannot be opened: ${reason}. It was left as it is. Keep the file, and restore a backup beside it.`;
  return new DeskError('STORE_READ_ONLY', message, { reason }, { cause: error });
}

function countOpen(path: string, by: 1 | -1): void {
  const place = realpathSync(path);
  openHere.set(place, (openHere.get(place) ?? 0) + by);
}

/**
 * Looks at the file without touching it: true when it holds nothing yet. A newer store and another program's file are
 * refused here, before SQLite opens them for real and leaves its traces beside them.
 */
function refuseStrangers(path: string, newest: number): boolean {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return true;
  if ((openHere.get(realpathSync(path)) ?? 0) > 0) return false;
  const header = peekHeader(path);
  if (header?.empty === true) return false;
  if (header?.applicationId !== APPLICATION_ID) {
    throw new DeskError(
      'INVALID_INPUT',
      'This file belongs to another program: it is no ledger of the desk. It was left untouched.',
    );
  }
  refuseNewer(header.version, newest);
  return false;
}

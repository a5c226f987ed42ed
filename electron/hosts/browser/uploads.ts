import { createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { Desk } from '../../desk/desk.ts';
import { isFileName } from '../../desk/file-name.ts';

/** What SQLite keeps beside a database, and the desk beside an export: of use next to it alone, under its name. */
const BESIDE = /(-(wal|shm|journal)|\.manifest(\.dsse)?\.json)$/;

/**
 * Files that a page sends, each in a private folder. A database and the -wal that is sent with it come to lie side by
 * side, as they were: recent rows are often only there. So do an export and its signed manifest, which is about it.
 */
export class Uploads {
  readonly #desk: Desk;
  readonly #folder: string;
  readonly #limit: number;
  readonly #folderOf = new Map<string, string>();

  constructor(desk: Desk, folder: string, limit: number) {
    this.#desk = desk;
    this.#folder = folder;
    this.#limit = limit;
  }

  /** Streams the request's body to a file and takes it in charge. INVALID_INPUT for a name, LIMIT_EXCEEDED. */
  async take(request: IncomingMessage, name: string): Promise<{ staged: string; name: string; bytes: number }> {
    checkName(name);
    if (Number(request.headers['content-length'] ?? 0) > this.#limit) throw tooLarge(this.#limit);
    const path = this.#place(name);
    let bytes = 0;
    const limit = this.#limit;
    const counted = new Transform({
      transform(part: Buffer, _encoding, done) {
        bytes += part.length;
        if (bytes > limit) done(tooLarge(limit));
        else done(null, part);
      },
    });
    try {
      await pipeline(request, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    }
    return { staged: this.#desk.staging.stageSource(path, { name, temporary: true }), name, bytes };
  }

  #place(name: string): string {
    const main = name.replace(BESIDE, '');
    const shared = this.#folderOf.get(main);
    if (shared !== undefined && !existsSync(join(shared, name))) return join(shared, name);
    const folder = join(this.#folder, this.#desk.services.ids.uuid());
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folderOf.set(main, folder);
    return join(folder, name);
  }
}

/** INVALID_INPUT for what cannot be a file's name. */
export function checkName(name: string): void {
  if (!isFileName(name)) throw new DeskError('INVALID_INPUT', 'This is no name of a file. Nothing was stored.');
}

function tooLarge(limit: number): DeskError {
  return new DeskError('LIMIT_EXCEEDED', 'The file is too large for an upload. Import it on the command line.', {
    limit,
  });
}

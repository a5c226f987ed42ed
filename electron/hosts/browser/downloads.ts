import { createReadStream, mkdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { Desk } from '../../desk/desk.ts';
import { OneUseCodes } from './secrets.ts';
import { checkName } from './uploads.ts';

/** An export, its manifest, and the desk's signature over both. */
const ENDS = { file: '', manifest: '.manifest.json', statement: '.manifest.dsse.json' } as const;

interface Target {
  readonly path: string;
  readonly name: string;
}

/** Files that the desk writes for a page: the page names them, the host says where, and hands each out once. */
export class Downloads {
  readonly #desk: Desk;
  readonly #folder: string;
  readonly #targets = new Map<string, Target>();
  readonly #codes: OneUseCodes<Target>;

  constructor(desk: Desk, folder: string) {
    this.#desk = desk;
    this.#folder = folder;
    this.#codes = new OneUseCodes(desk.services.clock, desk.services.ids);
  }

  /** Makes room for a file of this name. INVALID_INPUT. */
  makeTarget(name: string): { staged: string } {
    checkName(name);
    const folder = join(this.#folder, this.#desk.services.ids.uuid());
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, name);
    const staged = this.#desk.staging.stageTarget(path, { name, force: false });
    this.#targets.set(staged, { path, name });
    return { staged };
  }

  /** A one-use address for the file, or for one that lies beside it. NOT_FOUND for a target not given out here. */
  makeCode(staged: string, part: keyof typeof ENDS): { code: string } {
    const target = this.#targets.get(staged);
    if (target === undefined) throw new DeskError('NOT_FOUND', 'There is no such file to download.');
    return { code: this.#codes.give({ path: `${target.path}${ENDS[part]}`, name: `${target.name}${ENDS[part]}` }) };
  }

  /** Streams the file as an attachment: never shown in the page's own window. NOT_FOUND. */
  async send(code: string, response: ServerResponse): Promise<void> {
    const target = this.#codes.take(code);
    const size =
      target === null
        ? null
        : await stat(target.path).then(
            (found) => found.size,
            () => null,
          );
    if (target === null || size === null)
      throw new DeskError('NOT_FOUND', 'This address has been used, or is too old.');
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': size,
      'content-disposition': `attachment; filename*=UTF-8''${encodeName(target.name)}`,
    });
    await pipeline(createReadStream(target.path), response);
  }
}

/** RFC 8187, 3.2: what encodeURIComponent leaves and the header's grammar does not allow is encoded too. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}

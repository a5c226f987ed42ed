import { rm } from 'node:fs/promises';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { HashedFile, isThere, partialPath, putInPlace } from '../../../gateways/files/sealed-file.ts';
import type { StagedTarget } from '../../context.ts';

/** What stands after an export's name in those of the files beside it: its manifest, and the signature over both. */
export const BESIDE_EXPORT = { manifest: '.manifest.json', statement: '.manifest.dsse.json' } as const;

interface Place {
  readonly path: string;
  readonly partial: string;
}

/**
 * Where an export and the two files beside it come to lie: each is written under a hidden name first, and all are put in
 * their places in the end, or none is.
 */
export class ExportPlaces {
  readonly #target: StagedTarget;
  readonly #file: Place;
  readonly #manifest: Place;
  readonly #statement: Place;

  constructor(target: StagedTarget) {
    const { path } = target;
    this.#target = target;
    this.#file = placeOf(path);
    this.#manifest = placeOf(`${path}${BESIDE_EXPORT.manifest}`);
    this.#statement = placeOf(`${path}${BESIDE_EXPORT.statement}`);
  }

  /** Where the export is written to. */
  get partial(): string {
    return this.#file.partial;
  }

  /** ALREADY_EXISTS where a file beside is there that may not be replaced. */
  async refuseTaken(): Promise<void> {
    const { name, force } = this.#target;
    for (const end of force ? [] : Object.values(BESIDE_EXPORT)) {
      if (await isThere(`${this.#target.path}${end}`)) throw taken(`${name}${end}`);
    }
  }

  /** Writes the manifest; SHA-256 of its bytes. */
  writeManifest(text: string): Promise<string> {
    return writeSmall(this.#manifest.partial, text);
  }

  async writeStatement(bytes: Uint8Array): Promise<void> {
    await writeSmall(this.#statement.partial, bytes);
  }

  /** ALREADY_EXISTS for what came meanwhile; then none of the three is left that was not there before. */
  async put(): Promise<void> {
    const placed: string[] = [];
    const { force } = this.#target;
    try {
      for (const { partial, path } of [this.#file, this.#manifest, this.#statement]) {
        await putInPlace(partial, path, force);
        placed.push(path);
      }
    } catch (error) {
      // What took the place of an older file stays: there is nothing to put back.
      for (const path of force ? [] : placed) await rm(path, { force: true });
      throw error;
    }
  }

  /** Removes what was not put in its place. */
  async clear(): Promise<void> {
    for (const { partial } of [this.#file, this.#manifest, this.#statement]) await rm(partial, { force: true });
  }
}

function placeOf(path: string): Place {
  return { path, partial: partialPath(path) };
}

async function writeSmall(partial: string, content: string | Uint8Array): Promise<string> {
  const file = await HashedFile.create(partial);
  await file.write(content);
  return (await file.end()).sha256;
}

function taken(file: string): DeskError {
  const message =
    'A manifest of that name is there already. Nothing was written. Choose another name, or allow to replace it.';
  return new DeskError('ALREADY_EXISTS', message, { file });
}

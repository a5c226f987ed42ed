import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { DeskError } from '../../shared/domain/errors.ts';
import type { StagedFile, StagedTarget, Staging } from '../features/context.ts';

/** The files that hosts have taken in charge for one desk. What was uploaded goes with the desk at the latest. */
export function makeStaging(): Staging & { close(): void } {
  const sources = new Map<string, StagedFile>();
  const targets = new Map<string, StagedTarget>();

  function release(staged: string): void {
    const file = sources.get(staged) ?? targets.get(staged);
    sources.delete(staged);
    targets.delete(staged);
    if (file?.temporary === true) rmSync(file.path, { force: true, recursive: true });
  }

  return {
    stageSource(path, { name, temporary }) {
      const staged = randomUUID();
      sources.set(staged, { staged, path, name, temporary });
      return staged;
    },
    stageTarget(path, { name, force, temporary = false }) {
      if (!force && existsSync(path)) {
        const message =
          'A file of this name is there already. Nothing was written. Choose another name, or replace it.';
        throw new DeskError('ALREADY_EXISTS', message, { file: name });
      }
      const staged = randomUUID();
      targets.set(staged, { staged, path, name, temporary, force });
      return staged;
    },
    source: (staged) => known(sources.get(staged), staged),
    target: (staged) => known(targets.get(staged), staged),
    release,
    close() {
      for (const staged of [...sources.keys(), ...targets.keys()]) release(staged);
    },
  };
}

function known<T>(file: T | undefined, staged: string): T {
  if (file !== undefined) return file;
  const message = 'The host has no such file in charge (any more). Nothing was done. Choose the file again.';
  throw new DeskError('NOT_FOUND', message, { staged });
}

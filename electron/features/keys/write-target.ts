import { rm } from 'node:fs/promises';
import { asTargetFault, HashedFile, partialPath, putInPlace } from '../../gateways/files/sealed-file.ts';
import type { StagedTarget } from '../context.ts';

/**
 * Writes a small file that only this user may read: to a temporary file beside its target, made durable, then put in its
 * place. ALREADY_EXISTS; INVALID_INPUT or LIMIT_EXCEEDED where nothing can be written.
 */
export async function writeTarget(target: StagedTarget, text: string): Promise<void> {
  const partial = partialPath(target.path);
  try {
    const file = await HashedFile.create(partial);
    await file.write(text);
    await file.end();
    await putInPlace(partial, target.path, target.force);
  } catch (error) {
    throw asTargetFault(error, target.name);
  } finally {
    await rm(partial, { force: true });
  }
}

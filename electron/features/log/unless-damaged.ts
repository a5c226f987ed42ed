import { DeskError } from '../../../shared/domain/errors.ts';

/** What is read of a log that may be damaged; `instead` where it is: who names damage is not to end at it. */
export async function unlessDamaged<T, D>(reading: Promise<T>, instead: D): Promise<T | D> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof DeskError && error.code === 'INTEGRITY_FAILED') return instead;
    throw error;
  }
}

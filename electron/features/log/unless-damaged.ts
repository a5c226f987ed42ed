import { DeskError, type ErrorCode } from '../../../shared/domain/errors.ts';

/** How reading ends in what is damaged. */
const DAMAGED: readonly ErrorCode[] = ['INTEGRITY_FAILED'];

/** What is read of a log that may be damaged; `instead` where it is: who names damage is not to end at it. */
export async function unlessDamaged<T, D>(reading: Promise<T>, instead: D, codes = DAMAGED): Promise<T | D> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof DeskError && codes.includes(error.code)) return instead;
    throw error;
  }
}

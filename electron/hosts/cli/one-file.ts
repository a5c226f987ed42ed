import { usageError } from './failure.ts';
import type { Invocation } from './invocation.ts';

/** The one file that the command takes; INVALID_INPUT for none or several. */
export function oneFile({ positionals }: Invocation): string {
  const [file, ...rest] = positionals;
  if (file !== undefined && file !== '' && rest.length === 0) return file;
  throw usageError('This command takes one file. Nothing was done.');
}

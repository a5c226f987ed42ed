import { EvidenceRole } from '../../../shared/domain/escalation.ts';
import { decodeHex } from '../../../shared/domain/hex.ts';
import { type Instant, parseInstant } from '../../../shared/domain/instant.ts';
import { readJson } from '../../../shared/domain/json/read.ts';
import { JsonObject, textOf as jsonTextOf } from '../../../shared/domain/json/value.ts';
import { CHECK_NAMES, CheckName } from '../../../shared/domain/verdict.ts';
import { type FileVerifier, keptHeadIn, keptHeadOf, makeFileVerifier, type Opening } from '../../desk/file-verifier.ts';
import { systemClock } from '../../desk/system-clock.ts';
import { instantOf, oneOf, textOf, textsOf } from './arguments.ts';
import { readEvidenceFile } from './evidence-file.ts';
import { usageError } from './failure.ts';
import type { Invocation } from './invocation.ts';

/** What the options of `verify` ask for, and the checks that count as passed where they are unchecked. */
export interface Asked {
  readonly judge: FileVerifier;
  readonly allowed: ReadonlySet<CheckName>;
}

/** INVALID_INPUT for options, a trust file or an opening that cannot be used: then nothing is judged at all. */
export async function askedOf({ values, stop }: Invocation): Promise<Asked> {
  const allowed = new Set(textsOf(values, 'allow-unchecked').map(checkNamed));
  const role = oneOf(values, 'role', EvidenceRole.options) ?? 'escalation';
  const at = momentOf(values);
  const [trust, opening, previous] = ['trust', 'opening', 'previous'].map((name) => textOf(values, name));
  const judge = makeFileVerifier({
    at,
    role,
    trust: trust === undefined ? null : await bytesOf('trust', trust, stop),
    opening: opening === undefined ? null : openingIn(await bytesOf('opening', opening, stop)),
    previous: previous === undefined ? null : await headOf(previous, stop),
  });
  if (typeof judge !== 'string') return { judge, allowed };
  throw usageError(`--trust is no trust file. ${judge} Nothing was judged.`, { file: trust ?? '' });
}

function checkNamed(name: string): CheckName {
  const known = CheckName.safeParse(name);
  if (known.success) return known.data;
  throw usageError(`--allow-unchecked takes one of: ${CHECK_NAMES.join(', ')}. Nothing was judged.`);
}

function momentOf(values: Invocation['values']): Instant {
  const now = new Date(systemClock.now()).toISOString();
  const at = parseInstant(instantOf(values, 'at') ?? now);
  if (at !== null) return at;
  throw usageError('The clock is beyond the year 9999. Give an instant with --at. Nothing was judged.');
}

/** A bundle may be of any length; what comes through a pipe is read as far as evidence is. */
async function headOf(file: string, stop: AbortSignal): Promise<Uint8Array> {
  const head = await keptHeadOf(file).catch(() => null);
  return head ?? keptHeadIn(await bytesOf('previous', file, stop));
}

async function bytesOf(option: string, file: string, stop: AbortSignal): Promise<Uint8Array> {
  try {
    return (await readEvidenceFile(file, stop)).bytes;
  } catch {
    throw usageError(`--${option} cannot be read. Nothing was judged.`, { file });
  }
}

/** `{prompt, salt_hex}`, and nothing else, so that no misspelt member passes for an empty salt. */
function openingIn(bytes: Uint8Array): Opening {
  const json = readJson(bytes);
  const object = json.ok && json.value instanceof JsonObject ? json.value : null;
  const prompt = jsonTextOf(object?.get('prompt'));
  const salt = decodeHex(jsonTextOf(object?.get('salt_hex')) ?? '?');
  if (prompt !== undefined && salt !== null && object?.names().length === 2) return { prompt, salt };
  throw usageError('--opening is no JSON {"prompt": text, "salt_hex": hex digits}. Nothing was judged.');
}

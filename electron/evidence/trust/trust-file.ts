import { parseInstant } from '../../../shared/domain/instant.ts';
import { readJson } from '../../../shared/domain/json/read.ts';
import { isJsonArray, JsonObject, type JsonValue, toPlain } from '../../../shared/domain/json/value.ts';
import { PcrBaseline, type TrustEntry, TrustedKey } from '../../../shared/domain/trust.ts';
import { KEY_PURPOSES } from '../../../shared/domain/verdict.ts';
import { jcsText } from '../json/jcs.ts';
import { quoted } from '../text/quoted.ts';
import type { TrustStore } from './trust.ts';

const MAX_ENTRIES = 10_000;
const MAX_NODES = 1_000_000;

export type TrustFileRead =
  | { readonly ok: true; readonly entries: readonly TrustEntry[] }
  /** Why the whole file is refused, in words for a person: what is wrong, and with which entry. */
  | { readonly ok: false; readonly why: string };

/**
 * The entries of a trust file (docs/formats/trust-file.md), in their order; one that is there twice, member by member,
 * counts once. The whole file is refused for anything else than such entries, a member more as well: what a person
 * meant by it would be lost.
 */
export function readTrustFile(bytes: Uint8Array): TrustFileRead {
  const json = readJson(bytes, { nodes: MAX_NODES });
  if (!json.ok) return { ok: false, why: `It is not JSON as it must be: ${json.message} at byte ${json.at}.` };
  if (!isJsonArray(json.value)) return { ok: false, why: 'It is no JSON array of keys and baselines.' };
  if (json.value.length > MAX_ENTRIES) return { ok: false, why: `It has more than ${MAX_ENTRIES} entries.` };
  const entries = new Map<string, TrustEntry>();
  for (const [index, value] of json.value.entries()) {
    const entry = readEntry(value);
    if (typeof entry === 'string') return { ok: false, why: `Entry ${index + 1}: ${entry}.` };
    entries.set(jcsText(entry), entry);
  }
  return { ok: true, entries: [...entries.values()] };
}

/** The entries as a trust file: by purpose, then name; reading it gives the same entries. */
export function writeTrustFile(entries: readonly TrustEntry[]): string {
  const ordered = entries.map(inOrder).sort((a, b) => compare(sortKey(a), sortKey(b)));
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

/** What a trust file's entries amount to: nobody pinned them, nothing of them is revoked. */
export function trustOf(entries: readonly TrustEntry[]): TrustStore {
  return {
    keys: entries.filter((entry) => entry.purpose !== 'pcrs'),
    baselines: entries.filter((entry) => entry.purpose === 'pcrs'),
  };
}

/** What a member has to be, for a person who wrote another thing. */
const EXPECTED: Readonly<Record<string, string>> = {
  name: 'its name does not have 1 to 200 characters',
  public_hex: 'its public_hex is not 64 lower-case hex digits',
  aid: 'its aid is no text',
  pcrs: 'its pcrs are not indexes with lower-case hex digits',
  valid_from: 'its valid_from is no RFC 3339 time in UTC',
  valid_until: 'its valid_until is no RFC 3339 time in UTC',
};

/** The entry, or what is wrong with it. */
function readEntry(value: JsonValue): TrustEntry | string {
  if (!(value instanceof JsonObject)) return 'it is no object';
  const schema = value.get('purpose') === 'pcrs' ? PcrBaseline : TrustedKey;
  const parsed = schema.safeParse(toPlain(value));
  if (parsed.success) {
    const bad = (['valid_from', 'valid_until'] as const).find((name) => !isInstant(parsed.data[name]));
    return bad === undefined ? parsed.data : (EXPECTED[bad] ?? bad);
  }
  const known = Object.keys(schema.shape);
  const unknown = value.names().find((name) => !known.includes(name));
  if (unknown !== undefined) return `it has a member ${quoted(unknown)}, which the desk does not know`;
  const member = String(parsed.error.issues[0]?.path[0]);
  return EXPECTED[member] ?? `its purpose is none of ${KEY_PURPOSES.join(', ')} and pcrs`;
}

/** A text may have an instant's form and be none, as the 31st of February. */
function isInstant(text: string | undefined): boolean {
  return text === undefined || parseInstant(text) !== null;
}

function inOrder(entry: TrustEntry): TrustEntry {
  const { name, purpose, valid_from: from, valid_until: until } = entry;
  const validity = {
    ...(from === undefined ? {} : { valid_from: from }),
    ...(until === undefined ? {} : { valid_until: until }),
  };
  return purpose === 'pcrs'
    ? { name, purpose, aid: entry.aid, pcrs: entry.pcrs, ...validity }
    : { name, purpose, public_hex: entry.public_hex, ...validity };
}

function sortKey(entry: TrustEntry): string {
  const place = entry.purpose === 'pcrs' ? KEY_PURPOSES.length : KEY_PURPOSES.indexOf(entry.purpose);
  return `${place} ${JSON.stringify([entry.name, entry])}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

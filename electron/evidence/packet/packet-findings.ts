import { PILLARS } from '../../../shared/domain/anatomy.ts';
import { encodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { textOf } from '../../../shared/domain/json/value.ts';
import type { Check } from '../../../shared/domain/verdict.ts';
import type { Packet } from './packet.ts';
import type { PillarHashes, RootSearch } from './profiles.ts';
import { lacksMagpie } from './readings.ts';

/** Codes of what is odd in a packet and fails nothing (docs/formats/evidence.md, "Findings"), each once. */
export type PacketFinding =
  | 'NOT_CANONICAL'
  | 'UNSAFE_INTEGER'
  | 'MINUS_ZERO'
  | 'UNDERFLOW'
  | 'UNKNOWN_SEGMENT'
  | 'FOOTER'
  | 'PAYLOAD_NOT_COVERED'
  | 'MAGPIE_FROM_SEGMENT'
  | 'MAGPIE_REPEATED'
  | 'MAGPIE_DIFFERS'
  | 'MAGPIE_NOT_COVERED'
  | 'UNCOVERED_MEMBER'
  | 'OTHER_ALGORITHM'
  | 'OTHER_SCOPE';

export function packetFindings(
  packet: Packet,
  hashes: PillarHashes,
  search: RootSearch,
  checks: readonly Check[],
): PacketFinding[] {
  const found = [
    ...notCanonical(packet, hashes),
    ...packet.notes.map(({ kind }) => kind),
    ...wireFindings(packet),
    ...magpieFindings(packet, search),
    ...(checks.some(({ code }) => code === 'PAYLOAD_NOT_COVERED') ? (['PAYLOAD_NOT_COVERED'] as const) : []),
    ...jsonFindings(packet),
  ];
  return [...new Set(found)];
}

function notCanonical({ texts, pillars }: Packet, hashes: PillarHashes): PacketFinding[] {
  if (texts === null) return [];
  const canonical = PILLARS.every((name) => hashes.isCanonical(pillars.objects[name], texts[name]));
  return canonical ? [] : ['NOT_CANONICAL'];
}

function wireFindings({ wire }: Packet): PacketFinding[] {
  if (wire === null) return [];
  const unknown = wire.segments.some(({ name }) => name === null);
  return [...(unknown ? (['UNKNOWN_SEGMENT'] as const) : []), ...(wire.footer ? (['FOOTER'] as const) : [])];
}

/** What segment 7 is to the root; the intent's own source is what is hashed where it has one. */
function magpieFindings({ magpie, pillars }: Packet, { found }: RootSearch): PacketFinding[] {
  if (magpie === null) return [];
  if (lacksMagpie(pillars)) return found?.reading.magpie === false ? ['MAGPIE_NOT_COVERED'] : ['MAGPIE_FROM_SEGMENT'];
  const own = pillars.shadow ? undefined : textOf(pillars.objects.intent.get('magpie_source'));
  if (own === undefined) return ['MAGPIE_NOT_COVERED'];
  const same = Buffer.compare(encodeUtf8(own) ?? new Uint8Array(0), magpie) === 0;
  return [same ? 'MAGPIE_REPEATED' : 'MAGPIE_DIFFERS'];
}

function jsonFindings({ json }: Packet): PacketFinding[] {
  if (json === null) return [];
  return [
    ...(json.uncovered.length > 0 ? (['UNCOVERED_MEMBER'] as const) : []),
    ...(json.algorithm === 'ed25519' ? [] : (['OTHER_ALGORITHM'] as const)),
    ...(json.scope === 'capsule_root' ? [] : (['OTHER_SCOPE'] as const)),
  ];
}

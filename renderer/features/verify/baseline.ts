import type { PacketAnatomy } from '../../../shared/domain/anatomy.ts';
import { readJsonText } from '../../../shared/domain/json/read.ts';
import { JsonObject, objectOf, textOf } from '../../../shared/domain/json/value.ts';
import { PcrBaseline } from '../../../shared/domain/trust.ts';

/**
 * The baseline that the packet itself would have: its identity's aid and pcrs, as they stand there. Only an offer: a
 * person must compare it with another source before anything rests on it. null where it names no usable ones.
 */
export function baselineOf(anatomy: PacketAnatomy): PcrBaseline | null {
  const identity = anatomy.pillars.find(({ name }) => name === 'identity')?.json;
  const read = identity === undefined || identity === null ? null : readJsonText(identity);
  const members = read?.ok === true ? objectOf(read.value) : undefined;
  const aid = textOf(members?.get('aid'));
  const pcrs = members?.get('pcrs');
  if (aid === undefined || !(pcrs instanceof JsonObject) || pcrs.size === 0) return null;
  const entry = {
    name: `PCRs of ${aid.slice(0, 8)}`,
    purpose: 'pcrs',
    aid,
    pcrs: Object.fromEntries([...pcrs.members].map(([index, value]) => [index, textOf(value)])),
  };
  return PcrBaseline.safeParse(entry).data ?? null;
}

/** Each baseline once, in the order they came. */
export function distinctBaselines(found: readonly PcrBaseline[]): readonly PcrBaseline[] {
  const known = new Map(found.map((entry) => [JSON.stringify([entry.aid, Object.entries(entry.pcrs).sort()]), entry]));
  return [...known.values()];
}

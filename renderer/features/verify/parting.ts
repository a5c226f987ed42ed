import type { PacketAnatomy, PillarName } from '../../../shared/domain/anatomy.ts';
import { readJsonText } from '../../../shared/domain/json/read.ts';
import { JsonNumber, objectOf, textOf } from '../../../shared/domain/json/value.ts';
import type { CheckName } from '../../../shared/domain/verdict.ts';

/** Two values that should be one: where each stands, and what stands there. Both may be the agent's text. */
export interface Parting {
  readonly of: 'root' | 'aid' | 'nonce' | 'capsule_id' | PillarName;
  readonly claimed: string;
  readonly computed: string;
}

/** What a failed check compared, where the packet shows it: claimed beside computed, or header beside pillar. */
export function partingsOf(check: CheckName, anatomy: PacketAnatomy): readonly Parting[] {
  switch (check) {
    case 'root':
      return pair('root', anatomy.root.claimed, anatomy.root.computed);
    case 'hashes':
      return anatomy.pillars.flatMap(({ name, claimed, leaf }) =>
        claimed?.rule === 'neither' ? pair(name, claimed.hash, leaf) : [],
      );
    case 'aid':
      return pair('aid', anatomy.header?.aid, memberOf(anatomy, 'identity', 'aid'));
    case 'nonce':
      return pair('nonce', anatomy.header?.nonce, memberOf(anatomy, 'authority', 'nonce'));
    default:
      return [];
  }
}

function pair(
  of: Parting['of'],
  claimed: string | null | undefined,
  computed: string | null | undefined,
): readonly Parting[] {
  return claimed == null || computed == null || claimed === computed ? [] : [{ of, claimed, computed }];
}

/** A text or number of a pillar, as it is written there. */
export function memberOf(anatomy: PacketAnatomy, pillar: PillarName, member: string): string | null {
  const json = anatomy.pillars.find(({ name }) => name === pillar)?.json ?? null;
  const read = json === null ? null : readJsonText(json);
  const value = read?.ok === true ? objectOf(read.value)?.get(member) : undefined;
  return value instanceof JsonNumber ? value.text : (textOf(value) ?? null);
}

/** The pillars that do not fit the hash beside them; empty where the form keeps none, or all fit. */
export function changedPillars(anatomy: PacketAnatomy): readonly PillarName[] {
  return anatomy.pillars.filter(({ claimed }) => claimed?.rule === 'neither').map(({ name }) => name);
}

/** From which character on two texts differ; the length of the shorter where it begins the longer. */
export function partsAt(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  return at;
}

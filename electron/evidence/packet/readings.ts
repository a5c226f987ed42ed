import type { PillarName } from '../../../shared/domain/anatomy.ts';
import { JsonNumber, JsonObject, type JsonValue, objectOf } from '../../../shared/domain/json/value.ts';
import type { Pillars } from './pillars.ts';

/**
 * What of the JSON is hashed, where programs differ. `nulls`: the optional members that this generation knows are left
 * out where they are null; `kept`: all stand as they are. `capabilities`: a missing list is hashed as an empty one, or
 * as missing. `magpie`: the source of segment 7 stands in the intent.
 */
export interface Reading {
  readonly nulls: '1.7' | '1.6' | 'kept';
  readonly capabilities: 'empty' | 'missing';
  readonly magpie: boolean;
}

/** Stands for the text of segment 7, which is hashed without being made a text. */
export const MAGPIE_HOLE = new JsonNumber('0');

/** The readings that the crates can have hashed a packet by, the likeliest first; none is there twice. */
export function crateReadings(pillars: Pillars, magpie: boolean): Reading[] {
  const own = pillars.generation;
  const generations = differsByGeneration(pillars) ? [own, own === '1.7' ? ('1.6' as const) : ('1.7' as const)] : [own];
  const lists = lacksCapabilities(pillars) ? (['empty', 'missing'] as const) : (['empty'] as const);
  return generations.flatMap((nulls) => lists.map((capabilities) => ({ nulls, capabilities, magpie })));
}

/** The pillars as they stand; where there is a source in segment 7 it may stand beside them or in the intent. */
export function plainReadings(magpie: boolean): Reading[] {
  const asTheyStand: Reading = { nulls: 'kept', capabilities: 'missing', magpie: false };
  return magpie ? [asTheyStand, { ...asTheyStand, magpie: true }] : [asTheyStand];
}

/** Whether a source in segment 7 takes the place of the intent's own: a transparent intent that has none (or null). */
export function lacksMagpie(pillars: Pillars): boolean {
  return !pillars.shadow && (pillars.objects.intent.get('magpie_source') ?? null) === null;
}

/**
 * The members of the pillar that are hashed under the reading: the very same object where that is all of them. Of a
 * witness only two are committed, under every reading.
 */
export function readPillar({ objects, shadow }: Pillars, name: PillarName, reading: Reading): JsonObject {
  const pillar = objects[name];
  if (name === 'witness') return JsonObject.of(WITNESS_COMMITS.map((member) => [member, pillar.get(member) ?? null]));
  const changes = new Map<string, JsonValue | undefined>();
  if (reading.nulls !== 'kept') {
    for (const member of KNOWN_OPTIONAL[name](shadow, reading.nulls)) {
      const value = pillar.get(member);
      if (value === null) changes.set(member, undefined);
      else if (member === TOKEN && value instanceof JsonObject) changes.set(member, readToken(value, reading));
    }
  }
  if (name === 'intent' && !shadow) {
    if (reading.capabilities === 'empty' && !pillar.has('capabilities')) changes.set('capabilities', []);
    if (reading.magpie) changes.set('magpie_source', MAGPIE_HOLE);
    if (reading.nulls !== 'kept') changes.set('confidence', asDouble(pillar.get('confidence')));
  }
  return changed(pillar, changes);
}

/** The crates read a confidence as a double, so that digits beyond 2^53 are lost before they hash it. */
function asDouble(value: JsonValue | undefined): JsonValue | undefined {
  if (!(value instanceof JsonNumber) || !/^-?\d+$/.test(value.text) || value.toSafeInteger() !== null) return value;
  return value.text === '-0' ? value : new JsonNumber(String(value.toDouble()));
}

const WITNESS_COMMITS = ['chora_node_id', 'timestamp'];
const TOKEN = 'continuation_token';

type OptionalMembers = (shadow: boolean, generation: '1.7' | '1.6') => readonly string[];

const KNOWN_OPTIONAL: Readonly<Record<Exclude<PillarName, 'witness'>, OptionalMembers>> = {
  intent: (shadow, generation) => [shadow ? 'circuit_id' : 'magpie_source', ...(generation === '1.7' ? [TOKEN] : [])],
  authority: (_, generation) => [
    'escalation_id',
    'binding_status',
    'gate_sensors',
    TOKEN,
    ...(generation === '1.7' ? ['authority_class'] : []),
  ],
  identity: () => ['pcrs'],
};

/** A token that stands in a pillar: the crates leave out its null members and fill in its list as they do the pillar's. */
function readToken(token: JsonObject, reading: Reading): JsonObject {
  const payload = objectOf(token.get('payload'));
  if (payload === undefined) return token;
  const changes = new Map<string, JsonValue | undefined>();
  const optional = payload.has('execution_target') ? ['resolution_event_id'] : ['resolution_event_id', 'circuit_id'];
  for (const member of optional) if (payload.get(member) === null) changes.set(member, undefined);
  if (reading.capabilities === 'empty' && !payload.has('capabilities')) changes.set('capabilities', []);
  return changed(token, new Map([['payload', changed(payload, changes)]]));
}

function changed(object: JsonObject, changes: ReadonlyMap<string, JsonValue | undefined>): JsonObject {
  const real = [...changes].filter(
    ([name, value]) => object.get(name) !== value || object.has(name) !== (value !== undefined),
  );
  if (real.length === 0) return object;
  const members = new Map(object.members);
  for (const [name, value] of real) {
    if (value === undefined) members.delete(name);
    else members.set(name, value);
  }
  return new JsonObject(members);
}

function differsByGeneration({ objects }: Pillars): boolean {
  return objects.authority.get('authority_class') === null || objects.intent.get(TOKEN) === null;
}

function lacksCapabilities({ objects, shadow }: Pillars): boolean {
  if (!shadow && !objects.intent.has('capabilities')) return true;
  return [objects.intent, objects.authority].some((pillar) => {
    const payload = objectOf(objectOf(pillar.get(TOKEN))?.get('payload'));
    return payload !== undefined && !payload.has('capabilities');
  });
}

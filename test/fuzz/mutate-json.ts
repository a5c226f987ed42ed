import type { SeededRandom } from '../bench/random.ts';
import { ExactNumber, type ExactValue, membersOf, parseExact } from './exact-json.ts';

/** JSON that may be wrong on purpose: members may stand twice, leaves are any text. */
type Draft = { leaf: string } | { elements: Draft[] } | { members: [string, Draft][] };

/** The JSON text with one thing in it changed, or written another way; the text as it was where it is no JSON. */
export function mutateJson(text: string, random: SeededRandom): string {
  let draft: Draft;
  try {
    draft = draftOf(parseExact(text));
  } catch {
    return text;
  }
  const nodes = nodesOf(draft);
  const node = nodes[random.below(nodes.length)] ?? draft;
  if ('members' in node) random.pick(OBJECT_CHANGES)(node.members, random);
  else if ('elements' in node) random.pick(ARRAY_CHANGES)(node.elements, random);
  else node.leaf = random.pick(LEAF_CHANGES)(node.leaf, random);
  return random.perMille(300) ? written(draft, SPACED) : written(draft, COMPACT);
}

function draftOf(value: ExactValue): Draft {
  if (Array.isArray(value)) return { elements: value.map(draftOf) };
  const members = membersOf(value);
  if (members === null) return { leaf: value instanceof ExactNumber ? value.text : JSON.stringify(value) };
  return { members: Object.entries(members).map(([name, member]) => [JSON.stringify(name), draftOf(member)]) };
}

function nodesOf(draft: Draft): Draft[] {
  if ('leaf' in draft) return [draft];
  const inside = 'members' in draft ? draft.members.map(([, member]) => member) : draft.elements;
  return [draft, ...inside.flatMap(nodesOf)];
}

const COMPACT = { colon: ':', comma: ',' };
const SPACED = { colon: ' :\t', comma: ' ,\n' };

function written(draft: Draft, style: typeof COMPACT): string {
  if ('leaf' in draft) return draft.leaf;
  if ('elements' in draft) return `[${draft.elements.map((element) => written(element, style)).join(style.comma)}]`;
  const members = draft.members.map(([name, member]) => `${name}${style.colon}${written(member, style)}`);
  return `{${members.join(style.comma)}}`;
}

type Change<T> = (target: T, random: SeededRandom) => void;

const NAMES = [
  'gate_sensors',
  'authority_class',
  'escalation_id',
  'pcrs',
  'magpie_source',
  'capabilities',
  'x',
  '__proto__',
];
const VALUES = [
  'null',
  'true',
  '0',
  '-0',
  '""',
  '[]',
  '{}',
  '1e400',
  '9007199254740993',
  '18446744073709551616',
  '"\\ud800"',
];

const OBJECT_CHANGES: readonly [Change<[string, Draft][]>, ...Change<[string, Draft][]>[]] = [
  (members, random) => members.splice(0, members.length, ...shuffled(members, random)),
  (members, random) => members.splice(random.below(members.length + 1), 1),
  (members, random) => members.push([JSON.stringify(pickFrom(NAMES, random)), { leaf: pickFrom(VALUES, random) }]),
  (members, random) => {
    const member = members[random.below(members.length)];
    if (member !== undefined) members.splice(random.below(members.length + 1), 0, [escaped(member[0]), member[1]]);
  },
  (members, random) => {
    const member = members[random.below(members.length)];
    if (member !== undefined) member[0] = random.perMille(500) ? escaped(member[0]) : otherText(member[0], random);
  },
  (members, random) => {
    const [a, b] = [members[random.below(members.length)], members[random.below(members.length)]];
    if (a !== undefined && b !== undefined) [a[1], b[1]] = [b[1], a[1]];
  },
];

const ARRAY_CHANGES: readonly [Change<Draft[]>, ...Change<Draft[]>[]] = [
  (elements, random) => elements.push({ leaf: pickFrom(VALUES, random) }),
  (elements, random) => elements.splice(random.below(elements.length + 1), 1),
  (elements) => elements.reverse(),
  (elements, random) => {
    let nested: Draft = { leaf: '1' };
    for (let depth = random.below(140); depth > 0; depth -= 1) nested = { elements: [nested] };
    elements.push(nested);
  },
];

type LeafChange = (leaf: string, random: SeededRandom) => string;

const LEAF_CHANGES: readonly [LeafChange, ...LeafChange[]] = [
  (_, random) => pickFrom(VALUES, random),
  (leaf, random) =>
    leaf.startsWith('"')
      ? otherText(leaf, random)
      : pickFrom([`${leaf}.0`, `${leaf}0`, `-${leaf}`, `${leaf}e0`], random),
  (leaf) => (leaf.startsWith('"') ? escaped(leaf) : `${leaf} `),
  (leaf) => leaf.toUpperCase(),
  (leaf, random) => leaf.slice(0, random.below(leaf.length + 1)),
];

/** The same text, its first character written as an escape. */
function escaped(json: string): string {
  const code = json.charCodeAt(1);
  if (json.length < 3 || json[1] === '\\') return json;
  return `"\\u${code.toString(16).padStart(4, '0')}${json.slice(2)}`;
}

function otherText(json: string, random: SeededRandom): string {
  const at = 1 + random.below(Math.max(1, json.length - 1));
  const put = pickFrom(['', 'a', '0', '"', '\\', '\u202e', '\u200b', '\ufdd0', 'é', '😀', '\u0000'], random);
  return `${json.slice(0, at)}${put}${json.slice(at + random.below(2))}`;
}

function shuffled<T>(items: readonly T[], random: SeededRandom): T[] {
  return items
    .map((item) => ({ item, key: random.next() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function pickFrom(from: readonly string[], random: SeededRandom): string {
  return from[random.below(from.length)] ?? '';
}

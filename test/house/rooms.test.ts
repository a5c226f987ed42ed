import { posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, BIOME, linesAbout, makeOverlay, type Overlay, ROOMS, type Room, TSC } from './overlay.ts';

/** Which rooms each room may import: design.md's one-way imports, written down a second time on purpose. */
const MAY_IMPORT: Record<Room, Room[]> = {
  shared: [],
  renderer: ['shared'],
  'electron/evidence': ['shared'],
  'electron/audit': ['shared', 'electron/evidence'],
  'electron/store': ['shared', 'electron/evidence', 'electron/audit'],
  'electron/gateways': ['shared', 'electron/evidence', 'electron/store'],
  'electron/features': ['shared', 'electron/evidence', 'electron/audit', 'electron/store', 'electron/gateways'],
  'electron/desk': [
    'shared',
    'electron/evidence',
    'electron/audit',
    'electron/store',
    'electron/gateways',
    'electron/features',
  ],
  'electron/hosts/desktop': ['shared', 'electron/desk'],
  'electron/hosts/browser': ['shared', 'electron/desk'],
  'electron/hosts/cli': ['shared', 'electron/desk', 'electron/hosts/browser'],
};

/** All that a room's imports import in turn: TypeScript lets a project see these too, so there lint alone holds the rule. */
function withinReach(room: Room): Set<Room> {
  return new Set(MAY_IMPORT[room].flatMap((next) => [next, ...withinReach(next)]));
}

const pairs = ROOMS.flatMap((from) => ROOMS.filter((to) => to !== from).map((to) => ({ from, to })));
const plantedFile = (from: Room, to: Room) => `${from}/imports-${to.replaceAll('/', '-')}.ts`;

let overlay: Overlay;
let types: Answer;
let lint: Answer;

beforeAll(() => {
  overlay = makeOverlay();
  for (const { from, to } of pairs) {
    const name = `from${to.replace(/\W/g, '')}`;
    overlay.write(
      plantedFile(from, to),
      `import { clean } from '${posix.relative(from, to)}/clean.ts';\n\nexport const ${name}: string = clean;\n`,
    );
  }
  types = overlay.run(TSC, '-b', '--pretty', 'false');
  lint = overlay.run(BIOME, 'lint', '--max-diagnostics=none', '.');
});
afterAll(() => overlay.close());

describe('imports between rooms go one way', () => {
  test('with violations planted, types and lint both fail', () => {
    expect([types.code === 0, lint.code === 0]).toEqual([false, false]);
  });

  test.each(pairs)('$from imports $to', ({ from, to }) => {
    const file = plantedFile(from, to);
    const refused = !MAY_IMPORT[from].includes(to);
    expect({
      types: linesAbout(types.output, `${file}(`).length > 0,
      lint: linesAbout(lint.output, `${file}:`).some((line) => line.includes('noRestrictedImports')),
    }).toEqual({ types: !withinReach(from).has(to), lint: refused });
  });
});

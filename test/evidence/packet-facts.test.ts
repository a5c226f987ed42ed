import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPacketFacts } from '../../electron/evidence/packet/packet-facts.ts';
import { projectRoot } from '../helpers/project-root.ts';

const folder = join(projectRoot, 'test/fixtures/fixtures/packets');
const packets = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
  file: string;
  checks: { structure: string };
  reasons: { structure?: string };
  header: { capsule_root_hex: string } | null;
}[];

/** Types of single members are the verifier's to judge. */
const MEMBER_RULE = /is missing or not|is not a|is not an/;

describe('S55: a packet’s structure', () => {
  const sound = packets.filter(({ checks }) => checks.structure === 'verified');
  test.each(sound.map((packet) => [packet.file, packet] as const))(
    '%s is read, with the header’s root',
    (file, packet) => {
      const facts = readPacketFacts(readFileSync(join(folder, file)));
      expect(facts).toMatchObject({ ok: true, kind: 'vep', root: packet.header?.capsule_root_hex });
    },
  );

  const broken = packets.filter(
    ({ checks, reasons }) => checks.structure === 'failed' && !MEMBER_RULE.test(reasons.structure ?? ''),
  );
  test.each(broken.map(({ file }) => file))('%s is refused', (file) => {
    expect(readPacketFacts(readFileSync(join(folder, file))).ok).toBe(false);
  });

  test('there are enough of both', () => {
    expect(sound.length).toBeGreaterThan(100);
    expect(broken.length).toBeGreaterThan(40);
  });

  test('what is neither packet nor capsule is nothing', () => {
    for (const text of ['', '{}', '[1]', 'VE', '{"intent":{},"authority":{},"identity":{}}']) {
      expect(readPacketFacts(Buffer.from(text))).toMatchObject({ ok: false, kind: 'unknown', root: null });
    }
  });
});

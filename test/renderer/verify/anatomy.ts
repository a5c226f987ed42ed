import type { PacketAnatomy } from '../../../shared/domain/anatomy.ts';
import { ExactJson } from '../../../shared/domain/escalation.ts';

export const hash = (digit: string): string => digit.repeat(64);

/** The parts of a sound packet, changed as the test wants them. */
export function anAnatomy(given: Partial<PacketAnatomy> = {}): PacketAnatomy {
  const pillar = (name: PacketAnatomy['pillars'][number]['name'], json: string, digit: string) => ({
    name,
    json: ExactJson.parse(json),
    length: json.length,
    offset: 81,
    claimed: null,
    leaf: hash(digit),
  });
  return {
    sha256: hash('0'),
    bytes: 1000,
    kind: 'vep',
    fault: null,
    profile: 'vex-0.3',
    generation: '1.7',
    canonicalization: 'same',
    header: { version: 3, aid: hash('a'), capsule_root: hash('e'), nonce: '18446744073709551615' },
    pillars: [
      pillar('intent', '{"action":"wire_transfer"}', '1'),
      pillar('authority', '{"nonce":"18446744073709551615"}', '2'),
      pillar('identity', `{"aid":"${hash('a')}","pcrs":{"0":"00","7":"77"}}`, '3'),
      pillar('witness', '{"timestamp":1791280124}', '4'),
    ],
    nodes: { left: hash('5'), right: hash('6') },
    root: { claimed: hash('e'), computed: hash('e') },
    signature: hash('f'),
    segments: [],
    keys: [],
    ...given,
  };
}

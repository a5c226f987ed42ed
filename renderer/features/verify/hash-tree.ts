import type { PacketAnatomy, PillarName } from '../../../shared/domain/anatomy.ts';

/** What is known of a hash of the tree: it fits what is claimed, parts from it, or nothing is claimed of it. */
export type HashState = 'fits' | 'parts' | 'computed' | 'missing';

export interface HashNode {
  readonly name: 'root' | 'left' | 'right' | PillarName;
  readonly computed: string | null;
  readonly claimed: string | null;
  readonly state: HashState;
  readonly children: readonly HashNode[];
}

/** A packet's hashes as the tree they are: root over two nodes over four leaves, or over the leaves where there are none. */
export function hashTree(anatomy: PacketAnatomy): HashNode {
  const { nodes, root } = anatomy;
  const leaf = (name: PillarName): HashNode => leafOf(anatomy, name);
  const children =
    nodes === null
      ? [leaf('intent'), leaf('authority'), leaf('identity'), leaf('witness')]
      : [
          node('left', nodes.left, [leaf('intent'), leaf('authority')]),
          node('right', nodes.right, [leaf('identity'), leaf('witness')]),
        ];
  return { name: 'root', ...root, state: stateOf(root.claimed, root.computed), children };
}

function node(name: 'left' | 'right', computed: string, children: readonly HashNode[]): HashNode {
  return { name, computed, claimed: null, state: 'computed', children };
}

function leafOf(anatomy: PacketAnatomy, name: PillarName): HashNode {
  const pillar = anatomy.pillars.find((one) => one.name === name);
  const [computed, claimed] = [pillar?.leaf ?? null, pillar?.claimed ?? null];
  const state =
    computed === null ? 'missing' : claimed === null ? 'computed' : claimed.rule === 'neither' ? 'parts' : 'fits';
  return { name, computed, claimed: claimed?.hash ?? null, state, children: [] };
}

function stateOf(claimed: string | null, computed: string | null): HashState {
  if (computed === null) return 'missing';
  if (claimed === null) return 'computed';
  return claimed === computed ? 'fits' : 'parts';
}

import type { PacketAnatomy } from '../../../shared/domain/anatomy.ts';
import { Hash } from '../../components/hash.tsx';
import { Sign, type SignName } from '../../components/sign.tsx';
import { type HashNode, type HashState, hashTree } from './hash-tree.ts';
import styles from './verify.module.css';
import { words } from './words.ts';

/** The four leaves, two nodes and the root, drawn as the tree they are; in speech nested lists, from the root down. */
export function HashTreeView({ anatomy }: { anatomy: PacketAnatomy }) {
  const root = hashTree(anatomy);
  return (
    <figure className={styles.tree}>
      <figcaption>{words.tree.caption[anatomy.root.computed === null ? 'missing' : root.state]}</figcaption>
      <ul>
        <Branch node={root} />
      </ul>
    </figure>
  );
}

const SIGNS: { readonly [state in HashState]: SignName } = {
  fits: 'verified',
  parts: 'failed',
  computed: 'unchecked',
  missing: 'unchecked',
};

function Branch({ node }: { node: HashNode }) {
  const { name, computed, claimed, state, children } = node;
  return (
    <li>
      <div className={styles.node} data-state={state}>
        <strong>{words.tree.name[name]}</strong>
        {computed === null ? <span className={styles.quiet}>{words.none}</span> : <Hash value={computed} short />}
        {state === 'computed' ? (
          <span className={styles.quiet}>{words.tree.state.computed}</span>
        ) : (
          <Sign name={SIGNS[state]} word={words.tree.state[state]} />
        )}
        {state === 'parts' && claimed !== null && (
          <span className={styles.quiet}>
            {words.claimedShort} <Hash value={claimed} short />
          </span>
        )}
      </div>
      {children.length > 0 && (
        <ul>
          {children.map((child) => (
            <Branch key={child.name} node={child} />
          ))}
        </ul>
      )}
    </li>
  );
}

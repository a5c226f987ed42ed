import type { LogEvent } from '../../../shared/contract/log.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Card } from './card.tsx';
import styles from './log.module.css';
import { inSixteens } from './statement-rows.ts';
import { words } from './words.ts';

/** Where the event stands: its leaf, the path up with the side of each hash, and the root that this comes to. */
export function InclusionCard({ event: { row, inclusion } }: { event: LogEvent }) {
  const { verdict, size, root, path } = inclusion;
  return (
    <Card title={words.inLog} verdict={verdict}>
      <div className={styles.standing}>
        <p className={styles.label}>
          {words.leaf} <CopyButton text={row.leaf_sha256} label={words.copyLeaf} />
        </p>
        <WholeHash value={row.leaf_sha256} />
        <p className={styles.label}>{words.path(size)}</p>
        {path.length === 0 && <p className={styles.quiet}>{words.noPath}</p>}
        <ol className={styles.path}>
          {path.map(({ side, hash }) => (
            <li key={hash}>
              <span>{words.side[side]}</span>
              <code title={hash} translate="no" dir="ltr">
                {hash.slice(0, 20)}…{hash.slice(-6)}
              </code>
            </li>
          ))}
        </ol>
        <p className={styles.label}>{words.root}</p>
        <WholeHash value={root} />
      </div>
    </Card>
  );
}

/** A hash whole, in groups that are compared by eye. */
function WholeHash({ value }: { value: string }) {
  return (
    <code className={styles.whole} translate="no" dir="ltr">
      {inSixteens(value).map((group, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the groups of one hash may be equal
        <span key={n}>{group}</span>
      ))}
    </code>
  );
}

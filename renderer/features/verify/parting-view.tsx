import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { type Parting, partsAt } from './parting.ts';
import styles from './verify.module.css';
import { words } from './words.ts';

/** What a check compared, claimed above computed, with the place from which on they differ marked. */
export function PartingView({ parting }: { parting: Parting }) {
  const [claimed, computed] = words.sides[parting.of === 'aid' || parting.of === 'nonce' ? parting.of : 'hash'];
  const at = partsAt(parting.claimed, parting.computed);
  return (
    <dl className={styles.parting} data-parting={parting.of}>
      <dt>{claimed}</dt>
      <dd>
        <Marked text={parting.claimed} at={at} />
      </dd>
      <dt>{computed}</dt>
      <dd>
        <Marked text={parting.computed} at={at} />
      </dd>
      <dt className="visually-hidden">{words.difference}</dt>
      <dd className={styles.quiet}>{words.partFrom(at + 1)}</dd>
    </dl>
  );
}

const LONGEST = 96;

function Marked({ text, at }: { text: string; at: number }) {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return (
    <code translate="no" title={text.length > LONGEST ? undefined : text}>
      <AgentLine text={shown.slice(0, at)} />
      <mark>
        <AgentLine text={shown.slice(at)} />
      </mark>
    </code>
  );
}

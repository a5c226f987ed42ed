import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { type Parting, partsAt } from './parting.ts';
import styles from './verify.module.css';
import { words } from './words.ts';

/** What a check compared, claimed above computed; where one was written by hand, from which place on they differ. */
export function PartingView({ parting }: { parting: Parting }) {
  const written = parting.of === 'aid' || parting.of === 'nonce';
  const [claimed, computed] = words.sides[written ? parting.of : 'hash'];
  // Of two hashes every character differs: there is no place to point at.
  const at = written ? partsAt(parting.claimed, parting.computed) : 0;
  return (
    <dl className={styles.parting} data-parting={parting.of}>
      <dt>{claimed}</dt>
      <dd>
        <Marked text={parting.claimed} at={at} written={written} />
      </dd>
      <dt>{computed}</dt>
      <dd>
        <Marked text={parting.computed} at={at} written={written} />
      </dd>
      {written && (
        <>
          <dt className="visually-hidden">{words.difference}</dt>
          <dd className={styles.quiet}>{words.partFrom(at + 1)}</dd>
        </>
      )}
    </dl>
  );
}

const LONGEST = 96;

function Marked({ text, at, written }: { text: string; at: number; written: boolean }) {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  if (!written) {
    return (
      <code translate="no">
        <AgentLine text={shown} />
      </code>
    );
  }
  return (
    <code translate="no">
      <AgentLine text={shown.slice(0, at)} />
      <mark>
        <AgentLine text={shown.slice(at)} />
      </mark>
    </code>
  );
}

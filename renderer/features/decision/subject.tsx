import type { Opened } from '../../../shared/contract/escalation.ts';
import type { Verdict } from '../../../shared/domain/escalation.ts';
import { Amount } from '../../components/agent-text/amount.tsx';
import { CutLine } from '../../components/agent-text/cut-line.tsx';
import { Hash } from '../../components/hash.tsx';
import { Sign } from '../../components/sign.tsx';
import styles from './decision.module.css';
import { words } from './words.ts';

/** What is not judged with the present keys is unchecked, whatever it was before (I6). */
function verdictOf({ judgement, escalation }: Opened): Verdict {
  return judgement.current && escalation.evidence.length > 0 ? judgement.verdict : 'unchecked';
}

/** What the decision is about, once more beside the button: request, verdict, and the digest it is bound to. */
export function Subject({ opened }: { opened: Opened }) {
  const { request, evidence, view_sha256 } = opened.escalation;
  const packet = evidence.find(({ kind, role }) => role === 'escalation' && (kind === 'vep' || kind === 'capsule'));
  return (
    <div className={styles.subject}>
      <div className={styles.subjectAsk}>
        {request === null ? (
          <span>{words.noRequest}</span>
        ) : (
          <span>
            <CutLine text={`${request.action ?? ''} ${request.target ?? ''}`.trim()} most={80} />
          </span>
        )}
        {request?.amount === undefined ? (
          <span className={styles.quiet}>{words.noAmount}</span>
        ) : (
          <span>
            <Amount amount={request.amount} className={styles.subjectAmount ?? ''} />
          </span>
        )}
      </div>
      <p className={styles.subjectBound}>
        <Sign name={verdictOf(opened)} />
        {opened.judgement.current && <span>· {opened.judgement.detail}</span>}
      </p>
      <p className={styles.subjectBound}>
        {packet === undefined ? words.boundToView : words.boundTo} <Hash value={packet?.sha256 ?? view_sha256} short />
      </p>
    </div>
  );
}

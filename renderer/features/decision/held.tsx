import { IconArrowBackUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Request } from '../../../shared/domain/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Amount } from '../../components/agent-text/amount.tsx';
import { Button } from '../../components/button.tsx';
import { Fingerprint } from '../../components/fingerprint.tsx';
import { Hash } from '../../components/hash.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { errorFacts } from '../../queries/errors.ts';
import styles from './decision.module.css';
import type { FormState } from './form.ts';
import type { FormFacts } from './form-rules.ts';
import { resolutionOf } from './sealing.ts';
import { words } from './words.ts';

/** A decision that is given and not yet recorded. */
export interface HeldProps {
  readonly request: Request | null;
  readonly form: FormState;
  readonly facts: FormFacts;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onUndo: () => void;
  readonly onRecordNow: () => void;
}

interface HeldActsProps extends Pick<HeldProps, 'error' | 'onUndo' | 'onRecordNow'> {
  readonly canUndo: boolean;
  readonly canRecord: boolean;
}

/** Both ways to end a held decision, and why the last try did not. */
export function HeldActs({ error, canUndo, canRecord, onUndo, onRecordNow }: HeldActsProps) {
  return (
    <>
      <div className={styles.holdActs}>
        <Button look="strong" height="decide" icon={IconArrowBackUp} onClick={onUndo} disabled={!canUndo}>
          {words.hold.undo} <Kbd>Z</Kbd>
        </Button>
        <Button height="decide" onClick={onRecordNow} disabled={!canRecord}>
          {words.hold.now}
        </Button>
      </div>
      {error !== null && (
        <p className={styles.refusal} role="alert">
          {errorFacts(error).message}
        </p>
      )}
    </>
  );
}

/** What the held decision is. */
export function HeldFacts({ request, form, facts }: Pick<HeldProps, 'request' | 'form' | 'facts'>) {
  const choice = resolutionOf(form, facts);
  const hash = choice === 'packet' ? (form.packet?.sha256 ?? '') : form.vepHash.trim().toLowerCase();
  return (
    <dl className={styles.facts}>
      {request?.action !== undefined &&
        fact(words.hold.request, <AgentLine text={`${request.action} ${request.target ?? ''}`} />)}
      {request?.amount !== undefined && fact(words.hold.amount, <Amount amount={request.amount} />)}
      {form.reasonCode !== '' && fact(words.code, <span className="mono">{form.reasonCode}</span>)}
      {(choice === 'packet' || choice === 'hash') && hash !== '' && fact(words.hashLabel, <Hash value={hash} short />)}
      {choice === 'seal' && fact(words.hold.packet, words.hold.sealed)}
      {choice === 'seal' &&
        facts.key !== null &&
        fact(
          words.hold.signs,
          <>
            {words.sealing.by} <Fingerprint value={facts.key.fingerprint} groups={2} />
          </>,
        )}
    </dl>
  );
}

function fact(label: string, value: ReactNode) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

import { type ReactNode, useState } from 'react';
import type { Job } from '../../../shared/contract/job.ts';
import type { LogHead, LogVerified } from '../../../shared/contract/log.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { AcceptDialog } from './accept-dialog.tsx';
import styles from './log.module.css';
import { eventInPlace } from './log-query.ts';
import { isBroken } from './use-log-head.ts';
import { words } from './words.ts';

interface VerificationResultProps {
  readonly tenant: string;
  readonly head: LogHead;
  readonly verification: Job | null;
  readonly onGo: (event: number) => void;
}

const MOST = 100;

/** What the newest verification found that differs, and that one did not end; of a log that holds, nothing. */
export function VerificationResult({ tenant, head, verification, onGo }: VerificationResultProps) {
  if (verification === null || verification.state === 'running') return null;
  const { state, error, log_result } = verification;
  if (state !== 'done') {
    return (
      <p className={styles.unended} role="status">
        {state === 'cancelled' || error === null ? words.stopped : words.noResult(error.message)}
      </p>
    );
  }
  if (log_result === null || log_result.verified) return null;
  return (
    <Failures result={log_result} onGo={onGo}>
      {isBroken(head) && <Accept tenant={tenant} found={head.verified?.first_difference ?? ''} />}
    </Failures>
  );
}

/** The way to go on over what was found. */
function Accept({ tenant, found }: { tenant: string; found: string }) {
  const [accepting, setAccepting] = useState(false);
  return (
    <>
      <Button height="small" look="strong" onClick={() => setAccepting(true)}>
        {words.bar.accept}
      </Button>
      {accepting && (
        <AcceptDialog tenant={tenant} detail={found} says={words.acceptBroken} onClose={() => setAccepting(false)} />
      )}
    </>
  );
}

interface FailuresProps extends Pick<VerificationResultProps, 'onGo'> {
  readonly result: LogVerified;
  readonly children: ReactNode;
}

function Failures({ result: { failures }, onGo, children }: FailuresProps) {
  return (
    <section className={styles.failures} aria-labelledby="log-failures">
      <div className={styles.failuresHead}>
        <h2 id="log-failures">{failures.length >= MOST ? words.resultsMany : words.results(failures.length)}</h2>
        {children}
      </div>
      <p>{children === false ? words.resultsKept : words.bar.brokenKept}</p>
      <ol>
        {failures.map((failure, n) => {
          const event = eventInPlace(failure.place);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a result is fixed, and two of its places may be worded alike
            <li key={n}>
              <AgentLine text={failure.place} className={styles.place} />
              <AgentLine text={failure.detail} className={styles.sans} />
              <code>{failure.code}</code>
              {event !== null && (
                <Button look="link" onClick={() => onGo(event)}>
                  {words.goThere}
                </Button>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

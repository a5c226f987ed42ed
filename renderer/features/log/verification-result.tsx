import type { Job } from '../../../shared/contract/job.ts';
import type { LogVerified } from '../../../shared/contract/log.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import styles from './log.module.css';
import { eventInPlace } from './log-query.ts';
import { words } from './words.ts';

interface VerificationResultProps {
  readonly verification: Job | null;
  readonly onGo: (event: number) => void;
}

const MOST = 100;

/** What the newest verification found that differs, and that one did not end; of a log that holds, nothing. */
export function VerificationResult({ verification, onGo }: VerificationResultProps) {
  if (verification === null || verification.state === 'running') return null;
  const { state, error, log_result } = verification;
  if (state !== 'done') {
    return (
      <p className={styles.unended} role="status">
        {state === 'cancelled' || error === null ? words.stopped : words.noResult(error.message)}
      </p>
    );
  }
  return log_result === null || log_result.verified ? null : <Failures result={log_result} onGo={onGo} />;
}

function Failures({ result: { failures }, onGo }: { result: LogVerified } & Pick<VerificationResultProps, 'onGo'>) {
  return (
    <section className={styles.failures} aria-labelledby="log-failures">
      <h2 id="log-failures">{failures.length >= MOST ? words.resultsMany : words.results(failures.length)}</h2>
      <p>{words.resultsKept}</p>
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

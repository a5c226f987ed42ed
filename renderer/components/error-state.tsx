import { errorFacts } from '../queries/errors.ts';
import { Button } from './button.tsx';
import styles from './states.module.css';

interface ErrorStateProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What went wrong, in a sentence, with the code and ways on. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { code, message, details } = errorFacts(error);
  const copy = (): void => void navigator.clipboard.writeText(JSON.stringify({ code, message, details }, null, 2));
  return (
    <div className={styles.state} role="alert">
      <p className={styles.sentence}>{message}</p>
      <code className={styles.code}>{code}</code>
      <div className={styles.actions}>
        {onRetry !== undefined && (
          <Button look="strong" onClick={onRetry}>
            Try again
          </Button>
        )}
        <Button onClick={copy}>Copy details</Button>
      </div>
    </div>
  );
}

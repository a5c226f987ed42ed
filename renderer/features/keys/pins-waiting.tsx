import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { errorFacts } from '../../queries/errors.ts';
import styles from './keys.module.css';
import { keepPins, usePendingPins } from './pending-pins.ts';
import { usePinPending } from './use-pin-when-there.ts';
import { words } from './words.ts';

/** Keys of the first run whose tenant has not come: pinned for the one that is shown instead, or forgotten. */
export function PinsWaiting({ tenant }: { tenant: string | null }) {
  const pending = usePendingPins();
  const pin = usePinPending();
  if (pending === null) return null;
  return (
    <section className={styles.banner} aria-labelledby="pins-waiting">
      <h2 id="pins-waiting" className={styles.bannerTitle}>
        <AgentLine
          text={words.pending.title(pending.pins.length + pending.offers.length, pending.tenant)}
          className={styles.plain}
        />
      </h2>
      <p className={styles.quiet}>{words.pending.note}</p>
      {pin.error !== null && (
        <p className={styles.bad} role="alert">
          {errorFacts(pin.error).message}
        </p>
      )}
      <div className={styles.bannerRow}>
        {tenant !== null && (
          <Button look="strong" disabled={pin.isPending} onClick={() => pin.mutate({ pending, tenant })}>
            <AgentLine text={words.pending.here(tenant)} className={styles.plain} />
          </Button>
        )}
        <Button onClick={() => keepPins(null)}>{words.acts.forget}</Button>
      </div>
    </section>
  );
}

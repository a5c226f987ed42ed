import { Button } from '../../components/button.tsx';
import { errorFacts } from '../../queries/errors.ts';
import styles from './keys.module.css';
import { type useOffer, useReadTrustFile } from './use-offer.ts';
import { words } from './words.ts';

interface TrustFileChoiceProps {
  readonly tenant: string;
  readonly offer: ReturnType<typeof useOffer>;
  readonly only?: 'pcrs';
}

/** Takes a trust file and has its entries wait; `only` leaves out what is not asked for here. */
export function TrustFileChoice({ tenant, offer, only }: TrustFileChoiceProps) {
  const file = useReadTrustFile(tenant);
  const error = file.error ?? offer.error;
  const choose = async (): Promise<void> => {
    const read = await file.choose();
    if (read === null) return;
    const entries = read.entries.filter(({ purpose }) => only === undefined || purpose === only);
    await offer.offer(read.name, entries);
  };
  const busy = file.busy || offer.busy;
  return (
    <>
      <p className={styles.quiet}>{words.add.fileNote}</p>
      <div>
        <Button look="strong" disabled={busy} onClick={() => void choose().catch(() => undefined)} data-autofocus>
          {busy ? words.add.reading : words.add.choose}
        </Button>
      </div>
      {error !== null && (
        <p className={styles.bad} role="alert">
          {errorFacts(error).message}
        </p>
      )}
    </>
  );
}

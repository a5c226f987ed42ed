import { IconKey } from '@tabler/icons-react';
import { UnlockForm } from '../keys/unlock-form.tsx';
import styles from './decision.module.css';
import { HeldActs, HeldFacts, type HeldProps } from './held.tsx';
import { words } from './words.ts';

interface WaitsForKeyProps extends HeldProps {
  readonly tenant: string;
}

/** A decision whose undo time is over and whose key locked meanwhile: unlocked it goes on, or it is taken back. */
export function WaitsForKey({ tenant, request, form, facts, busy, error, onUndo, onRecordNow }: WaitsForKeyProps) {
  const open = facts.key?.state === 'unlocked';
  return (
    <section className={styles.card} aria-labelledby="hold-title">
      <div className={styles.hold}>
        <IconKey size={28} aria-hidden="true" />
        <div role="status">
          <h2 id="hold-title">{words.hold.waitsForKey}</h2>
          <p>{words.hold.waitsForKeyNote}</p>
        </div>
      </div>
      {facts.key !== null && !open && <UnlockForm tenant={tenant} ownKey={facts.key} onUnlocked={onRecordNow} />}
      <HeldActs error={error} canUndo={!busy} canRecord={!busy && open} onUndo={onUndo} onRecordNow={onRecordNow} />
      <HeldFacts request={request} form={form} facts={facts} />
    </section>
  );
}

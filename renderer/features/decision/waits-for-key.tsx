import { IconArrowBackUp, IconKey } from '@tabler/icons-react';
import type { Request } from '../../../shared/domain/escalation.ts';
import { Button } from '../../components/button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { UnlockForm } from '../keys/unlock-form.tsx';
import styles from './decision.module.css';
import type { FormState } from './form.ts';
import type { FormFacts } from './form-rules.ts';
import { HeldFacts } from './hold-card.tsx';
import { words } from './words.ts';

interface WaitsForKeyProps {
  readonly tenant: string;
  readonly request: Request | null;
  readonly form: FormState;
  readonly facts: FormFacts;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onUndo: () => void;
  readonly onRecordNow: () => void;
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
      <div className={styles.holdActs}>
        <Button look="strong" height="decide" icon={IconArrowBackUp} onClick={onUndo} disabled={busy}>
          {words.hold.undo} <Kbd>Z</Kbd>
        </Button>
        <Button height="decide" onClick={onRecordNow} disabled={busy || !open}>
          {words.hold.now}
        </Button>
      </div>
      {error !== null && (
        <p className={styles.refusal} role="alert">
          {errorFacts(error).message}
        </p>
      )}
      <HeldFacts request={request} form={form} facts={facts} />
    </section>
  );
}

import styles from './decision.module.css';
import type { FormState } from './form.ts';
import { words } from './words.ts';

/** What the commit will write, said before it is made. */
export function WillBeRecorded({ form }: { form: FormState }) {
  const { status, rest } = form.outcome === 'approved' ? approval(form) : words.willEnd(form.outcome);
  return (
    <p className={styles.will}>
      <strong>{words.willBe}</strong> status <code>{status}</code>
      {rest}
    </p>
  );
}

function approval(form: FormState) {
  const hash = form.resolution === 'packet' ? form.packet?.sha256 : form.vepHash.trim().toLowerCase();
  return words.willApprove(
    hash === undefined || hash === '' ? null : `${hash.slice(0, 8)}…`,
    form.eventId.trim() !== '',
  );
}

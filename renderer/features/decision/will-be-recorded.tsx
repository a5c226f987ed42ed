import { Fingerprint } from '../../components/fingerprint.tsx';
import { Hash } from '../../components/hash.tsx';
import styles from './decision.module.css';
import type { FormState } from './form.ts';
import type { FormFacts } from './form-rules.ts';
import { overridden } from './overrides.ts';
import { resolutionOf } from './sealing.ts';
import { words } from './words.ts';

interface WillBeRecordedProps {
  readonly form: FormState;
  readonly facts: FormFacts;
  readonly viewSha256: string;
}

/** What the commit will write, said before it is made: of a sealed packet what it will say and who signs it. */
export function WillBeRecorded({ form, facts, viewSha256 }: WillBeRecordedProps) {
  const seals = resolutionOf(form, facts) === 'seal';
  const { status, rest } = form.outcome === 'approved' ? approval(form, facts) : words.willEnd(form.outcome, seals);
  const overrides = [...new Set(overridden(form, facts).map(({ name }) => name))];
  return (
    <div className={styles.will}>
      <p>
        <strong>{words.willBe}</strong> status <code>{status}</code>
        {rest}
      </p>
      {overrides.length > 0 && <p>{words.willOverride(overrides)}</p>}
      {seals && <SealedFacts form={form} facts={facts} viewSha256={viewSha256} />}
    </div>
  );
}

function SealedFacts({ form, facts: { key }, viewSha256 }: WillBeRecordedProps) {
  if (key === null) return null;
  return (
    <dl className={styles.sealedFacts} aria-label={words.sealedFacts.title}>
      <dt>{words.sealedFacts.outcome}</dt>
      <dd>
        <code>{form.outcome === 'approved' ? 'ALLOW' : 'HALT'}</code>
      </dd>
      <dt>{words.sealedFacts.aid}</dt>
      <dd>
        <Hash value={key.public_hex} short /> {words.sealedFacts.aidNote}
      </dd>
      <dt>{words.sealedFacts.view}</dt>
      <dd>
        <Hash value={viewSha256} short />
      </dd>
      <dt>{words.sealedFacts.signs}</dt>
      <dd>
        {words.sealedFacts.yourKey} <Fingerprint value={key.fingerprint} groups={2} />
      </dd>
    </dl>
  );
}

function approval(form: FormState, facts: FormFacts) {
  const choice = resolutionOf(form, facts);
  const ownEvent = form.eventId.trim() !== '';
  if (choice === 'seal') return words.willSeal(ownEvent);
  const hash = choice === 'packet' ? form.packet?.sha256 : form.vepHash.trim().toLowerCase();
  return words.willApprove(hash === undefined || hash === '' ? null : `${hash.slice(0, 8)}…`, ownEvent);
}

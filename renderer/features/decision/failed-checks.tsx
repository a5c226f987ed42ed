import { TextInput } from '@mantine/core';
import { IconAlertOctagonFilled } from '@tabler/icons-react';
import { useId } from 'react';
import styles from './decision.module.css';
import { checkKey, type FailedCheck, isTyped } from './overrides.ts';
import type { DecisionFlow } from './use-decision.ts';
import { words } from './words.ts';

interface FailedChecksProps {
  readonly title: string;
  readonly failed: readonly FailedCheck[];
  /** What the commit's way to a missing name leads to. */
  readonly field: 'check' | 'packet-check';
  readonly flow: DecisionFlow;
  readonly detailOf: (check: FailedCheck) => string;
}

/** Failed checks in the way of an approval, each with what did not hold, and a field for its name. */
export function FailedChecks({ title, failed, field, flow, detailOf }: FailedChecksProps) {
  const titleId = useId();
  return (
    <section className={styles.failed} aria-labelledby={titleId}>
      <h3 id={titleId}>
        <IconAlertOctagonFilled size={16} aria-hidden="true" />
        {title}
      </h3>
      <div className={styles.failedBody}>
        {failed.map((check) => (
          <p key={check.name} className={styles.failedCheck}>
            <code>{check.name}</code> {detailOf(check)}
          </p>
        ))}
        <p>{words.failed.ask(failed.length)}</p>
        {failed.map((check) => (
          <CheckName key={check.name} check={check} field={field} flow={flow} alone={failed.length === 1} />
        ))}
      </div>
    </section>
  );
}

interface CheckNameProps extends Pick<FailedChecksProps, 'field' | 'flow'> {
  readonly check: FailedCheck;
  readonly alone: boolean;
}

function CheckName({ check, field, flow, alone }: CheckNameProps) {
  const typed = isTyped(flow.form, check);
  return (
    <TextInput
      aria-label={words.failed.type(check.name)}
      {...(alone ? {} : { placeholder: words.failed.type(check.name) })}
      classNames={{ input: styles.mono ?? '' }}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      maxLength={64}
      data-field={typed ? undefined : field}
      data-required
      value={flow.form.typedChecks[checkKey(check)] ?? ''}
      onChange={({ target }) => flow.edit({ type: 'type-check', check: checkKey(check), text: target.value })}
    />
  );
}

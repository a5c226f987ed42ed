import { Checkbox, TextInput } from '@mantine/core';
import { IconAlertOctagonFilled } from '@tabler/icons-react';
import type { Opened } from '../../../shared/contract/escalation.ts';
import { instantWords } from '../../components/time.ts';
import styles from './decision.module.css';
import type { FormFacts } from './form-rules.ts';
import type { DecisionFlow } from './use-decision.ts';
import { words } from './words.ts';

interface ObstaclesProps {
  readonly opened: Opened;
  readonly flow: DecisionFlow;
  readonly facts: FormFacts;
  readonly now: number;
}

/** What stands in the way of an approval, and what the reviewer has to say about it. */
export function Obstacles({ opened, flow, facts, now }: ObstaclesProps) {
  const { form, edit } = flow;
  const { deadline, evidence } = opened.escalation;
  const hasPacket = evidence.some(({ kind }) => kind === 'vep' || kind === 'capsule');
  return (
    <>
      {facts.failedCheck !== null && <Override opened={opened} flow={flow} check={facts.failedCheck} now={now} />}
      {facts.asksUnchecked && (
        <Checkbox
          className={styles.tick ?? ''}
          data-field="unchecked"
          data-required
          checked={form.acceptsUnchecked}
          onChange={(event) => edit({ type: 'edit', fields: { acceptsUnchecked: event.currentTarget.checked } })}
          label={hasPacket ? words.unchecked.tick : words.unchecked.tickNone}
        />
      )}
      {facts.past && facts.failedCheck === null && deadline !== null && (
        <Checkbox
          className={styles.tick ?? ''}
          data-field="past"
          data-required
          checked={form.knowsPast}
          onChange={(event) => edit({ type: 'edit', fields: { knowsPast: event.currentTarget.checked } })}
          label={words.past[deadline.source](instantWords(deadline.at, now))}
        />
      )}
    </>
  );
}

function Override({ opened, flow, check, now }: Omit<ObstaclesProps, 'facts'> & { check: string }) {
  const ended = opened.token?.expires_at;
  return (
    <div className={styles.override}>
      <p className={styles.overrideHead}>
        <IconAlertOctagonFilled size={16} aria-hidden="true" />
        {words.override.title}
      </p>
      <div className={styles.overrideBody}>
        {ended != null && (
          <p className={styles.quiet}>
            <code>{check}</code> {words.override.ended(instantWords(ended, now))}
          </p>
        )}
        <p id="override-ask">{words.override.ask}</p>
        <TextInput
          data-field="check"
          data-required
          aria-label={words.override.label(check)}
          aria-describedby="override-ask"
          autoComplete="off"
          spellCheck={false}
          value={flow.form.typedCheck}
          onChange={(event) => flow.edit({ type: 'edit', fields: { typedCheck: event.currentTarget.value } })}
        />
      </div>
    </div>
  );
}

import { Checkbox } from '@mantine/core';
import type { Opened } from '../../../shared/contract/escalation.ts';
import { instantWords } from '../../components/time.ts';
import styles from './decision.module.css';
import { tokenEnded } from './form-facts.ts';
import type { FormFacts } from './form-rules.ts';
import type { DecisionFlow } from './use-decision.ts';
import { words } from './words.ts';

interface ObstaclesProps {
  readonly opened: Opened;
  readonly flow: DecisionFlow;
  readonly facts: FormFacts;
  readonly now: number;
}

/** What stands in the way of an approval, each a tick by which the reviewer says that it is known. */
export function Obstacles({ opened, flow, facts, now }: ObstaclesProps) {
  const { form, edit } = flow;
  return (
    <>
      {facts.asksUnchecked && (
        <Checkbox
          className={styles.tick ?? ''}
          size="sm"
          data-field="unchecked"
          data-required
          checked={form.acceptsUnchecked}
          onChange={(event) => edit({ type: 'edit', fields: { acceptsUnchecked: event.currentTarget.checked } })}
          label={uncheckedWords(opened, facts.unchecked)}
        />
      )}
      {facts.past && (
        <Checkbox
          className={styles.tick ?? ''}
          size="sm"
          data-field="past"
          data-required
          checked={form.knowsPast}
          onChange={(event) => edit({ type: 'edit', fields: { knowsPast: event.currentTarget.checked } })}
          label={pastWords(opened, now)}
        />
      )}
    </>
  );
}

function uncheckedWords(opened: Opened, checks: readonly string[]): string {
  const packet = opened.escalation.evidence.some(({ kind }) => kind === 'vep' || kind === 'capsule');
  if (packet) return words.unchecked.tick(checks);
  return checks.length === 0 ? words.unchecked.tickNone : words.unchecked.tickNoPacket(checks);
}

/** An ended token is said before any other limit: it makes the approval useless. */
function pastWords(opened: Opened, now: number): string {
  const { deadline } = opened.escalation;
  const ended = tokenEnded(opened, now);
  if (ended !== null) return words.past.token(instantWords(ended, now));
  return deadline === null ? '' : words.past[deadline.source](instantWords(deadline.at, now));
}

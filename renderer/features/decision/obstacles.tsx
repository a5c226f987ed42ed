import { Checkbox } from '@mantine/core';
import type { Opened } from '../../../shared/contract/escalation.ts';
import { instantWords } from '../../components/time.ts';
import styles from './decision.module.css';
import { FailedChecks } from './failed-checks.tsx';
import { tokenEnded } from './form-facts.ts';
import { asksPast, type FormFacts } from './form-rules.ts';
import type { DecisionFlow } from './use-decision.ts';
import { words } from './words.ts';

interface ObstaclesProps {
  readonly opened: Opened;
  readonly flow: DecisionFlow;
  readonly facts: FormFacts;
  readonly now: number;
}

/**
 * What stands in the way of an approval: failed checks, each overridden by typing its name, and ticks by which the
 * reviewer says that something is known.
 */
export function Obstacles({ opened, flow, facts, now }: ObstaclesProps) {
  const { form, edit } = flow;
  return (
    <>
      {facts.beingVerified && (
        <p className={styles.note} role="status">
          {words.beingVerified}
        </p>
      )}
      {facts.failed.length > 0 && (
        <FailedChecks
          title={words.failed.title(facts.failed.length)}
          failed={facts.failed}
          field="check"
          flow={flow}
          detailOf={({ name, detail }) => failedWords(name, detail, opened, now)}
        />
      )}
      {facts.asksUnchecked && (
        <Checkbox
          className={styles.tick ?? ''}
          size="sm"
          data-field="unchecked"
          data-required
          checked={form.acceptsUnchecked}
          onChange={(event) => edit({ type: 'edit', fields: { acceptsUnchecked: event.currentTarget.checked } })}
          label={uncheckedWords(opened, facts)}
        />
      )}
      {facts.waived.length > 0 && <p className={styles.note}>{words.unchecked.waived(facts.waived)}</p>}
      {asksPast(facts) && (
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

/** A dead token is said by what it means for the agent, not by its dates alone. */
function failedWords(name: string, detail: string, opened: Opened, now: number): string {
  const ended = name === 'token.lifecycle' ? tokenEnded(opened, now) : null;
  return ended === null ? detail : words.failed.deadToken(instantWords(ended, now));
}

function uncheckedWords(opened: Opened, { unchecked, waived }: FormFacts): string {
  const packet = opened.escalation.evidence.some(({ kind }) => kind === 'vep' || kind === 'capsule');
  if (packet) return words.unchecked.tick(unchecked);
  if (unchecked.length > 0) return words.unchecked.tickNoPacket(unchecked);
  return waived.length === 0 ? words.unchecked.tickNone : words.unchecked.tickPacketAlone;
}

/** An ended token is said before any other limit: it makes the approval useless. */
function pastWords(opened: Opened, now: number): string {
  const { deadline } = opened.escalation;
  const ended = tokenEnded(opened, now);
  if (ended !== null) return words.past.token(instantWords(ended, now));
  return deadline === null ? '' : words.past[deadline.source](instantWords(deadline.at, now));
}

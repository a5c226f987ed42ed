import {
  IconAlertOctagonFilled,
  IconArrowBackUp,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconHourglassEmpty,
} from '@tabler/icons-react';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import styles from './decision.module.css';
import type { FormOutcome } from './form.ts';
import { words } from './words.ts';

interface ChoicesProps {
  /** Why nothing can be decided now, else null. */
  readonly off: string | null;
  /** What an approval will ask for, else null. */
  readonly note: { readonly tone: 'bad' | 'open'; readonly title: string; readonly text: string } | null;
  readonly past: boolean;
  readonly draftKept: boolean;
  readonly onStart: (outcome: FormOutcome) => void;
}

/** The ways to decide: approve and reject weigh the same, none has the focus, each opens a form first. */
export function Choices({ off, note, past, draftKept, onStart }: ChoicesProps) {
  const disabled = off !== null;
  const button = { look: 'strong', height: 'decide', disabled } as const;
  return (
    <section className={`${styles.card} ${styles.choices}`} aria-labelledby="decision-title">
      <h2 id="decision-title" className="visually-hidden">
        {words.title}
      </h2>
      {note !== null && (
        <p className={styles.note} data-tone={note.tone}>
          {note.tone === 'bad' ? (
            <IconAlertOctagonFilled size={16} aria-hidden="true" />
          ) : (
            <IconCircleDashed size={16} aria-hidden="true" />
          )}
          <span>
            <strong>{note.title}</strong> {note.text}
          </span>
        </p>
      )}
      <div className={styles.pair}>
        <Button {...button} icon={IconCircleCheck} onClick={() => onStart('approved')}>
          {words.opening.approved} <Kbd>A</Kbd>
        </Button>
        <Button {...button} icon={IconCircleX} onClick={() => onStart('rejected')}>
          {words.opening.rejected} <Kbd>R</Kbd>
        </Button>
      </div>
      <div className={styles.under}>
        {off === null ? (
          <span>{draftKept ? words.draftKept : words.asksReason}</span>
        ) : (
          <AgentLine text={off} className={styles.off} />
        )}
        <span className={styles.lesser}>
          {past && (
            <Button look="link" disabled={disabled} icon={IconHourglassEmpty} onClick={() => onStart('expired')}>
              {words.opening.expired}
            </Button>
          )}
          <Button look="link" disabled={disabled} icon={IconArrowBackUp} onClick={() => onStart('withdrawn')}>
            {words.opening.withdrawn} <Kbd>W</Kbd>
          </Button>
        </span>
      </div>
    </section>
  );
}

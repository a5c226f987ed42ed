import { IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Opened } from '../../../shared/contract/escalation.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { useKeys } from '../../components/keys.ts';
import { CommitBar } from './commit-bar.tsx';
import { DeadlineAlert } from './deadline-alert.tsx';
import styles from './decision.module.css';
import type { UndoTime } from './form-facts.ts';
import { type FormFacts, missing } from './form-rules.ts';
import { Obstacles } from './obstacles.tsx';
import { OutcomeChoice } from './outcome-choice.tsx';
import { onPageEscape } from './page-escape.ts';
import { type CodeChoice, ReasonFields } from './reason-fields.tsx';
import { RejectionPacket, ResolutionField } from './resolution-field.tsx';
import { Subject } from './subject.tsx';
import type { DecisionFlow } from './use-decision.ts';
import { WillBeRecorded } from './will-be-recorded.tsx';
import { words } from './words.ts';

interface DecisionFormProps {
  readonly opened: Opened;
  readonly flow: DecisionFlow;
  readonly facts: FormFacts;
  readonly codes: readonly CodeChoice[];
  readonly now: number;
  readonly undo: UndoTime;
  /** Why nothing may be committed now, else null. */
  readonly off: string | null;
  /** What is to be said above the form: it came back, was refused, or is locked. */
  readonly notice: string | null;
}

/** The form of one decision, in the order in which it is read; the foot stays, the middle scrolls. */
export function DecisionForm({ opened, flow, facts, codes, now, undo, off, notice }: DecisionFormProps) {
  const body = useRef<HTMLFormElement>(null);
  const lacks = missing(flow.form, facts);
  const commit = (): void => {
    if (off !== null) return;
    if (lacks[0] === undefined) flow.commit();
    else focusField(body.current, lacks[0].field);
  };
  useKeys({ 'mod+Enter': commit, Escape: onPageEscape(flow.close) });
  useFirstFocus(body);
  return (
    <section className={styles.form} aria-label={words.title}>
      <div className={styles.formHead}>
        <OutcomeChoice form={flow.form} past={facts.past} onChange={flow.edit} />
        <IconButton label={words.close} icon={IconX} onClick={flow.close} />
      </div>
      <form ref={body} className={styles.formBody} onSubmit={(event) => event.preventDefault()}>
        {notice !== null && (
          <p className={styles.notice} role="alert">
            {notice}
          </p>
        )}
        <DeadlineAlert at={opened.escalation.deadline?.at} now={now} />
        <Subject opened={opened} />
        {flow.form.outcome === 'approved' && <Obstacles opened={opened} flow={flow} facts={facts} now={now} />}
        <ReasonFields flow={flow} facts={facts} codes={codes} />
        {flow.form.outcome === 'approved' && <ResolutionField opened={opened} flow={flow} facts={facts} now={now} />}
        {flow.form.outcome === 'rejected' && <RejectionPacket opened={opened} flow={flow} facts={facts} now={now} />}
        <WillBeRecorded form={flow.form} facts={facts} viewSha256={opened.escalation.view_sha256} />
      </form>
      <CommitBar flow={flow} facts={facts} lacks={lacks} undo={undo} off={off} onCommit={commit} />
    </section>
  );
}

/** Puts the focus on what a field's name marks, wherever inside it the first control is. */
function focusField(body: HTMLElement | null, field: string): void {
  const marked = body?.querySelector<HTMLElement>(`[data-field="${field}"]`);
  const control = marked?.matches('input, textarea, button, select')
    ? marked
    : marked?.querySelector<HTMLElement>('input, textarea, button, select');
  control?.focus();
}

/** The focus opens on the first empty required field, never on the commit (S69). */
function useFirstFocus(body: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const fields = [...(body.current?.querySelectorAll<HTMLElement>('[data-required]') ?? [])];
    const empty = fields.find((field) => isEmpty(field)) ?? fields[0];
    empty?.focus();
  }, [body]);
}

function isEmpty(field: HTMLElement): boolean {
  if (field instanceof HTMLInputElement && field.type === 'checkbox') return !field.checked;
  return (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value === '';
}

import { Checkbox, Modal, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ListStatus } from '../../../shared/contract/queue.ts';
import type { Schedule, ScheduledQuery, ScheduleOrder } from '../../../shared/contract/schedule.ts';
import { Button } from '../../components/button.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { ScheduleFolder } from './schedule-folder.tsx';
import { draftOf, hasFolder, orderOf, type ScheduleDraft } from './schedule-form.ts';
import { SCHEDULE_WORDS } from './schedule-words.ts';
import styles from './schedules.module.css';
import { useSaveSchedule } from './use-save-schedule.ts';
import { EXPORT_WORDS } from './words.ts';

const WORDS = SCHEDULE_WORDS.dialog;

interface ScheduleDialogProps {
  readonly tenant: string;
  /** The one that is changed; null: a new one. */
  readonly known: Schedule | null;
  readonly onClose: () => void;
}

/** Asks what is exported by itself, when, and where to. */
export function ScheduleDialog({ tenant, known, onClose }: ScheduleDialogProps) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [draft, setDraft] = useState(draftOf(known, zone));
  const change = (part: Partial<ScheduleDraft>): void => setDraft({ ...draft, ...part });
  const save = useSaveSchedule(tenant, known, onClose);
  const isTime = orderOf(tenant, draft, known) !== null;
  return (
    <Modal opened onClose={onClose} title={WORDS.title} size={560}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.go(draft);
        }}
      >
        <What draft={draft} onChange={change} />
        <When draft={draft} onChange={change} isTime={isTime} />
        <ScheduleFolder draft={draft} onChange={change} />
        <NumberInput
          label={WORDS.keep}
          description={WORDS.keepNote}
          value={draft.keep ?? ''}
          min={1}
          max={1000}
          allowDecimal={false}
          onChange={(next) => change({ keep: typeof next === 'number' ? next : null })}
        />
        {save.error !== null && (
          <p className={styles.bad} role="alert">
            {errorFacts(save.error).message}
          </p>
        )}
        <div className={styles.buttons}>
          <span className={styles.quiet}>{SCHEDULE_WORDS.runs}</span>
          <Button onClick={onClose}>{WORDS.cancel}</Button>
          <Button look="accent" type="submit" disabled={!isTime || !hasFolder(draft) || save.busy}>
            {known === null ? WORDS.go : WORDS.save}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface PartProps {
  readonly draft: ScheduleDraft;
  readonly onChange: (part: Partial<ScheduleDraft>) => void;
}

const options = (words: { readonly [value: string]: string }) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

function What({ draft, onChange }: PartProps) {
  return (
    <>
      <div className={styles.line}>
        <NativeSelect
          data-autofocus
          label={WORDS.format}
          value={draft.format}
          data={options(SCHEDULE_WORDS.formats)}
          onChange={({ target }) => onChange({ format: target.value as ScheduledQuery['format'] })}
        />
        <NativeSelect
          label={WORDS.status}
          value={draft.status}
          data={options(EXPORT_WORDS.dialog.statuses)}
          onChange={({ target }) => onChange({ status: target.value as ListStatus })}
        />
        <NativeSelect
          label={WORDS.covers}
          value={draft.covers}
          data={options(SCHEDULE_WORDS.covered)}
          onChange={({ target }) => onChange({ covers: target.value as ScheduleOrder['covers'] })}
        />
      </div>
      <TextInput
        label={WORDS.search}
        value={draft.search}
        maxLength={500}
        onChange={({ target }) => onChange({ search: target.value })}
      />
      {draft.format === 'bundle' && (
        <Checkbox
          label={WORDS.evidence}
          checked={draft.evidence}
          onChange={({ target }) => onChange({ evidence: target.checked })}
        />
      )}
    </>
  );
}

function When({ draft, onChange, isTime }: PartProps & { isTime: boolean }) {
  return (
    <div className={styles.line}>
      <NativeSelect
        label={WORDS.every}
        value={draft.every}
        data={options(WORDS.turns)}
        onChange={({ target }) => onChange({ every: target.value === 'week' ? 'week' : 'day' })}
      />
      {draft.every === 'week' && (
        <NativeSelect
          label={WORDS.weekday}
          value={String(draft.weekday)}
          data={SCHEDULE_WORDS.weekdays.map((label, at) => ({ value: String(at + 1), label }))}
          onChange={({ target }) => onChange({ weekday: Number(target.value) })}
        />
      )}
      <TextInput
        type="time"
        label={WORDS.at}
        description={WORDS.zone(draft.zone)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={draft.at}
        error={isTime ? null : WORDS.badTime}
        onChange={({ target }) => onChange({ at: target.value })}
      />
    </div>
  );
}

import { TextInput } from '@mantine/core';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { useTransport } from '../../queries/desk-context.tsx';
import type { ScheduleDraft } from './schedule-form.ts';
import { SCHEDULE_WORDS } from './schedule-words.ts';
import styles from './schedules.module.css';

const WORDS = SCHEDULE_WORDS.dialog;

interface ScheduleFolderProps {
  readonly draft: ScheduleDraft;
  readonly onChange: (part: Partial<ScheduleDraft>) => void;
}

/** Where the files go: chosen in the host's dialog, or typed where the host has none. */
export function ScheduleFolder({ draft, onChange }: ScheduleFolderProps) {
  const transport = useTransport();
  if (transport.pickFolder === undefined) {
    return (
      <TextInput
        label={WORDS.folder}
        description={WORDS.folderNote}
        value={draft.path}
        maxLength={4096}
        onChange={({ target }) => onChange({ path: target.value })}
      />
    );
  }
  const choose = async (): Promise<void> => {
    const chosen = (await transport.pickFolder?.()) ?? null;
    if (chosen !== null) onChange({ chosen });
  };
  const shown = draft.chosen?.name ?? draft.path;
  return (
    <fieldset className={styles.folder}>
      <legend>{WORDS.folder}</legend>
      {shown === '' ? WORDS.noFolder : <AgentLine text={shown} className="mono" />}
      <Button onClick={() => void choose()}>{WORDS.choose}</Button>
    </fieldset>
  );
}

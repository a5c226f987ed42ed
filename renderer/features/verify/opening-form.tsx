import { Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Check } from '../../../shared/domain/verdict.ts';
import { Button } from '../../components/button.tsx';
import { whyFailed } from '../../components/checks/why.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { Sign } from '../../components/sign.tsx';
import { useDesk } from '../../queries/desk-context.tsx';
import styles from './verify.module.css';
import { words } from './words.ts';

interface OpeningFormProps {
  readonly target: { readonly tenant: string; readonly id: string; readonly event: string };
  readonly sha256: string;
}

/**
 * Whether what an auditor was given is what the agent had committed itself to. Prompt and salt go to the desk, are not
 * kept, and the answer says how little the commitment binds.
 */
export function OpeningForm({ target, sha256 }: OpeningFormProps) {
  const { api } = useDesk();
  const [prompt, setPrompt] = useState('');
  const [salt, setSalt] = useState('');
  const [answer, setAnswer] = useState<Check | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const salt_hex = salt.replaceAll(/\s/g, '').toLowerCase();
  const badSalt = !/^([0-9a-f]{2}){0,1024}$/.test(salt_hex);
  const open = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      setAnswer(await api.evidence.open_commitment({ ...target, sha256, prompt, salt_hex }));
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const edit = (set: (text: string) => void) => (text: string) => {
    setAnswer(null);
    set(text);
  };
  return (
    <form className={styles.opening} onSubmit={(event) => void open(event)}>
      <p className={styles.quiet}>{words.opening.note}</p>
      <Textarea
        label={words.opening.prompt}
        value={prompt}
        onChange={({ target: field }) => edit(setPrompt)(field.value)}
        autosize
        minRows={2}
        maxRows={8}
      />
      <TextInput
        label={words.opening.salt}
        description={words.opening.saltNote}
        value={salt}
        onChange={({ target: field }) => edit(setSalt)(field.value)}
        error={badSalt ? words.opening.badSalt : undefined}
        classNames={{ input: 'mono' }}
        spellCheck={false}
      />
      <div>
        <Button type="submit" look="strong" disabled={busy || badSalt}>
          {words.opening.open}
        </Button>
      </div>
      <div role="status">{answer !== null && <Answer answer={answer} />}</div>
      {problem !== null && <ErrorState error={problem} />}
    </form>
  );
}

function Answer({ answer }: { answer: Check }) {
  const note = answer.verdict === 'failed' ? whyFailed(answer).means : '';
  return (
    <>
      <Sign name={answer.verdict} word={words.opening.answer[answer.verdict]} />
      <p>
        {answer.detail} {note}
      </p>
    </>
  );
}

import { Button } from '../../components/button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { MOD_NAME } from '../../components/keys.ts';
import styles from './decision.module.css';
import type { FormOutcome } from './form.ts';
import type { UndoTime } from './form-facts.ts';
import type { FormFacts, Missing } from './form-rules.ts';
import type { DecisionFlow } from './use-decision.ts';
import { words } from './words.ts';

const LOOKS: { readonly [outcome in FormOutcome]: 'accent' | 'bad' | 'slate' } = {
  approved: 'accent',
  rejected: 'bad',
  withdrawn: 'slate',
  expired: 'slate',
};

interface CommitBarProps {
  readonly flow: DecisionFlow;
  readonly facts: FormFacts;
  readonly lacks: readonly Missing[];
  readonly undo: UndoTime;
  readonly off: string | null;
  readonly onCommit: () => void;
}

/** The commit, and above it all that is still missing; off is not hidden, it says why. */
export function CommitBar({ flow, facts, lacks, undo, off, onCommit }: CommitBarProps) {
  const { outcome } = flow.form;
  const verb = words.verb[outcome];
  const why = off ?? (lacks.length === 0 ? null : whyOff(verb, facts, lacks));
  const act = undo.seconds > 0 ? verb : words.noUndo(verb, undo.left);
  return (
    <footer className={styles.commit}>
      <p className={styles.why} id="commit-why" role="status">
        {why}
      </p>
      <div className={styles.commitActs}>
        <span className={styles.quiet}>{undo.seconds > 0 && words.undoTime(undo.seconds)}</span>
        <Button onClick={flow.close}>
          {words.cancel} <Kbd>Esc</Kbd>
        </Button>
        <Button
          look={LOOKS[outcome]}
          disabled={why !== null || flow.sending}
          aria-describedby="commit-why"
          onClick={onCommit}
        >
          {flow.sending ? words.sending : act} <Kbd>{MOD_NAME}</Kbd> <Kbd>↵</Kbd>
        </Button>
      </div>
    </footer>
  );
}

/** One line with all that is missing, in field order; hidden text alone has a sentence of its own. */
function whyOff(verb: string, facts: FormFacts, lacks: readonly Missing[]): string {
  if (lacks.length === 1 && lacks[0]?.lack === 'text-not-shown') return words.textHidden(facts.hiddenCharacters);
  return words.off(
    verb,
    lacks.map(({ lack }) => words.lack[lack]),
  );
}

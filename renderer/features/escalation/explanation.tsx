import { memo } from 'react';
import type { Request } from '../../../shared/domain/escalation.ts';
import { AgentText } from '../../components/agent-text/agent-text.tsx';
import styles from './escalation.module.css';
import { words } from './words.ts';

interface ExplanationProps {
  readonly request: Request | null;
  readonly findingsOff: readonly string[] | undefined;
  readonly onHidden: (characters: number) => void;
}

/** What the agent says about its request, on paper, with what was found in it above. */
export const Explanation = memo(function Explanation({ request, findingsOff, onHidden }: ExplanationProps) {
  if (request === null) return null;
  return (
    <section aria-labelledby="explanation-title">
      <h2 id="explanation-title" className={styles.sectionTitle}>
        {words.explanation}
      </h2>
      {request.explanation === undefined ? (
        <p className={styles.quiet}>{words.noExplanation}</p>
      ) : (
        <AgentText
          text={request.explanation}
          label={words.explanationLabel}
          {...(findingsOff === undefined ? {} : { findingsOff })}
          onHidden={onHidden}
        />
      )}
    </section>
  );
});

import type { Opened } from '../../../shared/contract/escalation.ts';
import type { UrgencyMinutes } from '../../components/time.ts';
import type { DecisionTarget } from '../decision/use-draft.ts';
import { AlarmsBlock } from './alarms-block.tsx';
import { DeadlinesCard } from './deadlines-card.tsx';
import styles from './escalation.module.css';
import { EvidenceFiles } from './evidence-files.tsx';
import { Explanation } from './explanation.tsx';
import { FindingsCard } from './findings-card.tsx';
import { History } from './history.tsx';
import { inOrder } from './pieces.ts';
import { RawCard } from './raw-card.tsx';
import { RequestCard } from './request-card.tsx';
import { SameId } from './same-id.tsx';
import { TokenCard } from './token-card.tsx';
import type { EvidenceActs } from './use-evidence.ts';
import { words } from './words.ts';

interface FactsColumnProps {
  readonly opened: Opened;
  readonly target: DecisionTarget;
  readonly now: number;
  readonly minutes: UrgencyMinutes;
  readonly myName: string | undefined;
  readonly findingsOff: readonly string[] | undefined;
  readonly evidence: EvidenceActs;
  readonly canAttach: boolean;
  readonly onHidden: (characters: number) => void;
  readonly onDetails: (sha256: string) => void;
}

/** The left column in its fixed order: what does not hold, what is asked, what the agent says, what there is to check, what happened. */
export function FactsColumn(props: FactsColumnProps) {
  const { opened, target, now, minutes, myName, findingsOff, evidence, canAttach, onHidden, onDetails } = props;
  const { escalation, token, same_id } = opened;
  const { request } = escalation;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a column that scrolls by itself must be reachable by keyboard
    <section className={styles.left} aria-label={words.facts} tabIndex={0} data-region>
      <SameId escalation={escalation} others={same_id} />
      <AlarmsBlock opened={opened} target={target} onDetails={onDetails} />
      <RequestCard opened={opened} now={now} />
      <Explanation request={request} findingsOff={findingsOff} onHidden={onHidden} />
      <FindingsCard escalation={escalation} findingsOff={findingsOff} />
      <EvidenceFiles
        evidence={inOrder(escalation.evidence)}
        canAttach={canAttach}
        attaching={evidence.attaching}
        note={evidence.note}
        onAttach={evidence.attach}
        onSave={evidence.save}
        onDetails={onDetails}
      />
      <DeadlinesCard deadline={escalation.deadline} now={now} minutes={minutes} />
      <TokenCard token={token} now={now} />
      <RawCard request={request} />
      <History events={escalation.events} now={now} myName={myName} />
    </section>
  );
}

import { IconChevronDown, IconChevronLeft, IconChevronUp, IconUser } from '@tabler/icons-react';
import type { Opened } from '../../../shared/contract/escalation.ts';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { numberText } from '../../components/numbers.ts';
import { clockText } from '../../components/time.ts';
import type { Neighbours } from '../../queries/neighbours.ts';
import styles from './escalation.module.css';
import { words } from './words.ts';

interface PageHeadProps {
  readonly opened: Opened;
  readonly me: { readonly id: string; readonly name: string } | null;
  readonly neighbours: Neighbours | null;
  readonly canClaim: boolean;
  readonly onBack: () => void;
  readonly onStep: (step: 'previous' | 'next') => void;
  readonly onClaim: () => void;
}

/** Back, which escalation this is, its state, who has it, and the way to its neighbours. */
export function PageHead({ opened, me, neighbours, canClaim, onBack, onStep, onClaim }: PageHeadProps) {
  const { record } = opened.escalation;
  return (
    <header className={styles.head}>
      <button type="button" className={styles.back} onClick={onBack}>
        <IconChevronLeft size={16} aria-hidden="true" />
        {words.back}
      </button>
      <h1 className={styles.id}>
        {record.escalation_id === '' ? (
          <span className={styles.quiet}>{words.emptyId}</span>
        ) : (
          <AgentLine text={cutInMiddle(record.escalation_id)} />
        )}
      </h1>
      <CopyButton text={record.escalation_id} label={words.copyId} />
      <span className={styles.state}>{words.status[record.status]}</span>
      <span className={styles.headRight}>
        <Owner opened={opened} me={me} canClaim={canClaim} onClaim={onClaim} />
        <Steps neighbours={neighbours} onStep={onStep} />
      </span>
    </header>
  );
}

const LONG_ID = 512;
const KEPT = 24;

/** An id that is longer than any should be keeps its two ends; the copy takes all of it. */
function cutInMiddle(id: string): string {
  const characters = [...id];
  if (characters.length <= LONG_ID) return id;
  return `${characters.slice(0, KEPT).join('')} … ${characters.slice(-KEPT).join('')}`;
}

type OwnerProps = Pick<PageHeadProps, 'opened' | 'me' | 'canClaim' | 'onClaim'>;

function Owner({ opened, me, canClaim, onClaim }: OwnerProps) {
  const { decision, claim } = opened.escalation;
  if (decision !== null) return <span className={styles.quiet}>{decidedBy(decision, me?.name)}</span>;
  const mine = claim !== null && opened.claimed_by === me?.id;
  const text = claim === null ? words.notClaimed : claimWords(claim, mine);
  const act = mine ? words.release : words.claim;
  return (
    <span className={styles.owner}>
      <IconUser size={14} aria-hidden="true" />
      {claim !== null && !mine ? <AgentLine text={text} className={styles.sans} /> : text}
      {(mine || claim === null) && canClaim && (
        <button type="button" className={styles.linkButton} onClick={onClaim}>
          {act} <Kbd>C</Kbd>
        </button>
      )}
    </span>
  );
}

function claimWords(claim: NonNullable<Escalation['claim']>, mine: boolean): string {
  const until = clockText(claim.until, false);
  return mine ? words.claimedByYou(until) : words.claimedBy(claim.by, until);
}

function decidedBy(decision: NonNullable<Escalation['decision']>, myName: string | undefined): string {
  if (decision.source === 'upstream' || decision.reviewer === undefined) return words.decidedOutside;
  return decision.reviewer === myName ? words.decidedByYou : words.decidedBy(decision.reviewer);
}

function Steps({ neighbours, onStep }: Pick<PageHeadProps, 'neighbours' | 'onStep'>) {
  const all = neighbours === null ? '' : `${numberText(neighbours.of)}${neighbours.exact ? '' : '+'}`;
  return (
    <span className={styles.steps}>
      {neighbours?.n != null && <span className={styles.quiet}>{words.position(neighbours.n, all)}</span>}
      <IconButton
        label={words.previous}
        icon={IconChevronUp}
        onClick={() => onStep('previous')}
        disabled={neighbours?.previous == null}
      />
      <IconButton
        label={words.next}
        icon={IconChevronDown}
        onClick={() => onStep('next')}
        disabled={neighbours?.next == null}
      />
    </span>
  );
}

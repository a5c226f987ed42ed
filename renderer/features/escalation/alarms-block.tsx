import { useQuery } from '@tanstack/react-query';
import type { Opened } from '../../../shared/contract/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { Sign } from '../../components/sign.tsx';
import { useDesk } from '../../queries/desk-context.tsx';
import type { DecisionTarget } from '../decision/use-draft.ts';
import { changedPillars, partingsOf } from '../verify/parting.ts';
import { PartingView } from '../verify/parting-view.tsx';
import styles from './alarms.module.css';
import { type Alarm, alarmsOf } from './alarms.ts';
import page from './escalation.module.css';
import { piecesOf } from './pieces.ts';
import { words } from './words.ts';

interface AlarmsBlockProps {
  readonly opened: Opened;
  readonly target: DecisionTarget;
  readonly onDetails: (sha256: string) => void;
}

/** What does not hold, above every word of the agent: why, and what that means to somebody who has to decide. */
export function AlarmsBlock({ opened, target, onDetails }: AlarmsBlockProps) {
  const pieces = opened.judgement.current ? piecesOf(opened) : [];
  const alarms = alarmsOf(pieces, opened.escalation.findings);
  if (alarms.length === 0) return null;
  const failed = alarms.some(({ check }) => check !== null);
  const first = alarms.find(({ sha256 }) => sha256 !== null)?.sha256 ?? null;
  return (
    <section className={styles.alarms} aria-labelledby="alarms-title">
      <div className={`${page.cardHead} ${styles.head}`}>
        <h2 id="alarms-title">{failed ? words.whyFailed : words.readFirst}</h2>
        {first !== null && (
          <Button look="link" onClick={() => onDetails(first)}>
            {words.allBytes} <Kbd>V</Kbd>
          </Button>
        )}
      </div>
      <ul>
        {alarms.map((alarm) => (
          <Item key={`${alarm.sha256} ${alarm.check} ${alarm.code} ${alarm.detail}`} alarm={alarm} target={target} />
        ))}
      </ul>
    </section>
  );
}

function Item({ alarm, target }: { alarm: Alarm; target: DecisionTarget }) {
  const { check, code, lead, means, detail, ofResolution, tone } = alarm;
  return (
    <li data-tone={tone}>
      <Sign name={tone === 'bad' ? 'failed' : 'finding'} size={16} word="" />
      <div>
        <p>
          {ofResolution && words.ofResolution} <strong>{lead}</strong> {means}
        </p>
        <p className={styles.fact}>
          {check !== null && <span className={styles.check}>{check} </span>}
          <AgentLine text={detail} className={page.sans} />
        </p>
        {SHOWN_APART.has(check ?? '') && <Partings alarm={alarm} target={target} />}
      </div>
      <code>{code}</code>
    </li>
  );
}

/** Checks that compare two values, which the packet's anatomy has. */
const SHOWN_APART: ReadonlySet<string> = new Set(['root', 'hashes', 'aid', 'nonce']);

function Partings({ alarm, target }: { alarm: Alarm; target: DecisionTarget }) {
  const { q } = useDesk();
  const input = { ...target, sha256: alarm.sha256 ?? '' };
  const { data } = useQuery(q.evidence.anatomy.queryOptions({ input }));
  if (data === undefined || alarm.check === null) return null;
  const changed = alarm.check === 'root' ? changedPillars(data) : [];
  return (
    <>
      {partingsOf(alarm.check, data).map((parting) => (
        <PartingView key={parting.of} parting={parting} />
      ))}
      {alarm.check === 'root' && <p>{changed.length > 0 ? words.changedParts(changed) : words.changedSomewhere}</p>}
    </>
  );
}

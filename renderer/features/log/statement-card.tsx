import type { LogEvent } from '../../../shared/contract/log.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Hash } from '../../components/hash.tsx';
import { instantWords, utcText } from '../../components/time.ts';
import { useDeskNow } from '../../queries/now.tsx';
import { Card, Fact } from './card.tsx';
import styles from './log.module.css';
import { SignedBy } from './signed-by.tsx';
import { openedText, readStatement, type SaidInStatement } from './statement-rows.ts';
import { words } from './words.ts';

const SAYS = words.says;

/** A decision's signed statement: what it says, who signed, and whether that holds. */
export function StatementCard({ tenant, event: { row, statement } }: { tenant: string; event: LogEvent }) {
  if (statement === null) {
    return row.kind === 'decision.recorded' ? (
      <Card title={words.noStatement} verdict="unchecked">
        <p className={styles.cardNote}>{words.noStatementNote}</p>
      </Card>
    ) : null;
  }
  const said = readStatement(statement.payload);
  return (
    <Card title={words.statement} verdict={statement.verdict}>
      {statement.verdict !== 'verified' && (
        <p className={styles.cardNote} data-verdict={statement.verdict}>
          <AgentLine text={statement.detail} className={styles.sans} />
        </p>
      )}
      {said === null && <p className={styles.cardNote}>{words.unreadable}</p>}
      <dl className={styles.facts}>
        {said !== null && <Said said={said} escalationId={row.escalation?.id ?? null} />}
        <Fact name={SAYS.signer}>
          <SignedBy tenant={tenant} statement={statement} />
        </Fact>
      </dl>
    </Card>
  );
}

function Said({ said, escalationId }: { said: SaidInStatement; escalationId: string | null }) {
  const [first, ...others] = said.evidence;
  return (
    <>
      <Fact name={SAYS.outcome}>{said.outcome}</Fact>
      <Fact name={SAYS.escalation}>
        {escalationId === null ? (
          <span className={styles.quiet}>{words.removed}</span>
        ) : (
          <AgentLine text={escalationId} className={styles.id} />
        )}
      </Fact>
      <Fact name={SAYS.code}>
        <code>{said.code}</code>
      </Fact>
      <Fact name={SAYS.evidence}>
        {first === undefined ? words.noEvidence : <Hash value={first} short />}
        {others.length > 0 && words.moreEvidence(others.length)}
      </Fact>
      {said.vepHash !== null && (
        <Fact name={SAYS.hash}>
          <Hash value={said.vepHash} short />
        </Fact>
      )}
      <Times said={said} />
      <Checks name={SAYS.overrides} checks={said.overrides} />
      <Checks name={SAYS.accepted} checks={said.accepted} />
    </>
  );
}

function Times({ said: { decidedAt, shownAt, opened } }: { said: SaidInStatement }) {
  const now = useDeskNow('minute');
  return (
    <>
      <Fact name={SAYS.shown}>
        {shownAt === null ? (
          <span className={styles.quiet}>{words.notTold}</span>
        ) : (
          <span title={utcText(shownAt)}>{instantWords(shownAt, now, true)}</span>
        )}
      </Fact>
      <Fact name={SAYS.opened}>
        {shownAt === null ? (
          <span className={styles.quiet}>{words.notTold}</span>
        ) : (
          (openedText(opened) ?? words.openedNothing)
        )}
      </Fact>
      <Fact name={SAYS.decided}>
        <span title={utcText(decidedAt)}>{instantWords(decidedAt, now, true)}</span>
      </Fact>
    </>
  );
}

function Checks({ name, checks }: { name: string; checks: readonly string[] }) {
  return checks.length === 0 ? null : (
    <Fact name={name}>
      <code>{checks.join(', ')}</code>
    </Fact>
  );
}

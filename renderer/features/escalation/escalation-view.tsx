import { useEffect, useMemo, useState } from 'react';
import type { Opened } from '../../../shared/contract/escalation.ts';
import type { Profile } from '../../../shared/contract/profile.ts';
import type { Evidence } from '../../../shared/domain/escalation.ts';
import { useDeskInfo } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { useTenantSettings, useUrgencyMinutes } from '../../queries/tenant-settings.ts';
import { DecisionPanel, whyOff } from '../decision/decision-panel.tsx';
import { type FormOutcome, isBlank } from '../decision/form.ts';
import { codeChoices, formFacts } from '../decision/form-facts.ts';
import { useDecision } from '../decision/use-decision.ts';
import { BytesDialog } from './bytes-dialog.tsx';
import { ChangeBar } from './change-bar.tsx';
import styles from './escalation.module.css';
import { EvidenceCard } from './evidence-card.tsx';
import { FactsColumn } from './facts-column.tsx';
import { PageHead } from './page-head.tsx';
import { QueueColumn } from './queue-column.tsx';
import { Strip } from './strip.tsx';
import { packetsOf } from './strip-cells.ts';
import { hiddenIn, stripCells } from './strip-of.ts';
import { useEvidence } from './use-evidence.ts';
import { useFocusAfter } from './use-focus-after.ts';
import { useLeaveGuard } from './use-leave-guard.ts';
import { useMoves } from './use-moves.ts';
import { usePageKeys } from './use-page-keys.ts';
import { useShown } from './use-shown.ts';
import { useStart } from './use-start.ts';
import { useTitle } from './use-title.ts';
import { words } from './words.ts';

interface EscalationViewProps {
  readonly latest: Opened;
  readonly readAt: number;
  readonly profile: Profile | null;
  readonly startWith: FormOutcome | null;
}

/** One escalation as a page: facts first, the agent's words apart, the decision at the right. */
export function EscalationView({ latest, readAt, profile, startWith }: EscalationViewProps) {
  const now = useDeskNow('second');
  const readOnly = useDeskInfo()?.store.state === 'read-only';
  const shown = useShown(latest, readAt);
  const { opened } = shown;
  const { record } = opened.escalation;
  const target = { tenant: opened.escalation.tenant, id: record.escalation_id, event: record.escalation_event_id };
  const settings = useTenantSettings(target.tenant);
  const minutes = useUrgencyMinutes(target.tenant);
  const codes = codeChoices(settings);
  const hidden = useMemo(() => hiddenIn(opened.escalation.request), [opened.escalation.request]);
  const [hiddenCharacters, setHidden] = useState(0);
  const facts = formFacts(opened, { now, codes, hiddenCharacters, changed: shown.changes.length > 0 });
  const flow = useDecision({ target, shown: opened, latest, me: profile?.profile_id, facts });
  const evidence = useEvidence(target, shown.expectOwn);
  const moves = useMoves(target, latest, profile, shown.expectOwn);
  const [details, setDetails] = useState<Evidence | null>(null);
  const off = whyOff(opened, profile, readOnly, now);
  const canAttach = off === null && opened.pending === null;
  const canDecide = canAttach && latest.escalation.decision === null;
  useLeaveGuard(
    (flow.open && !isBlank(flow.form)) ||
      (opened.pending !== null && opened.pending.by_profile === profile?.profile_id),
  );
  const right = useFocusAfter(flow.open);
  useStart(startWith, canDecide, flow);
  const firstPiece = packetsOf(opened.escalation.evidence)[0] ?? opened.escalation.evidence[0] ?? null;
  const changed = shown.changes.length > 0;
  const { edit } = flow;
  useEffect(() => {
    if (changed) edit({ type: 'changed-underneath' });
  }, [changed, edit]);
  const show = (): void => {
    shown.accept();
    edit({ type: 'changed-underneath' });
  };
  const showDetails = (): void => setDetails(firstPiece);
  usePageKeys({ opened, flow, evidence, moves, canDecide, canAttach, changed, accept: show, showDetails });
  useTitle(target.id);
  return (
    <div className={styles.page}>
      <PageHead
        opened={opened}
        me={profile === null ? null : { id: profile.profile_id, name: profile.name }}
        neighbours={moves.neighbours}
        canClaim={canDecide}
        onBack={moves.back}
        onStep={moves.step}
        onClaim={moves.toggleClaim}
      />
      <Strip cells={stripCells(opened, hidden, now, minutes)} />
      {changed && <ChangeBar changes={shown.changes} changedAt={shown.changedAt} seenAt={shown.seenAt} onShow={show} />}
      <div className={styles.columns}>
        <QueueColumn target={target} />
        <FactsColumn
          opened={opened}
          now={now}
          minutes={minutes}
          myName={profile?.name}
          findingsOff={settings?.findings_off}
          evidence={evidence}
          canAttach={canAttach}
          onHidden={setHidden}
        />
        <aside ref={right} className={styles.right} aria-label={words.decision} tabIndex={-1} data-region>
          {!(flow.open && opened.pending === null) && opened.escalation.decision === null && (
            <EvidenceCard evidence={opened.escalation.evidence} onDetails={setDetails} />
          )}
          <DecisionPanel
            opened={opened}
            latest={latest}
            flow={flow}
            facts={facts}
            codes={codes}
            profile={profile}
            readOnly={readOnly}
            now={now}
            onNext={moves.neighbours?.next == null ? null : () => moves.step('next')}
          />
        </aside>
      </div>
      <BytesDialog target={target} piece={details} onClose={() => setDetails(null)} />
    </div>
  );
}

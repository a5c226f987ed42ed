import { useEffect, useMemo, useState } from 'react';
import type { Opened } from '../../../shared/contract/escalation.ts';
import type { Profile } from '../../../shared/contract/profile.ts';
import { useDeskInfo } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { useTenantSettings, useUrgencyMinutes } from '../../queries/tenant-settings.ts';
import { DecisionPanel, whyOff } from '../decision/decision-panel.tsx';
import { type FormOutcome, isBlank } from '../decision/form.ts';
import { codeChoices, formFacts } from '../decision/form-facts.ts';
import { useDecision } from '../decision/use-decision.ts';
import { useSeen } from '../decision/use-seen.ts';
import { useMyKey } from '../keys/use-keys.ts';
import { useLogStops } from '../log/use-log-head.ts';
import { ChangeBar } from './change-bar.tsx';
import { DetailsDialog } from './details-dialog.tsx';
import styles from './escalation.module.css';
import { EvidenceCards } from './evidence-card.tsx';
import { FactsColumn } from './facts-column.tsx';
import { PageHead } from './page-head.tsx';
import { ProofCard } from './proof-card.tsx';
import { QueueColumn } from './queue-column.tsx';
import { Strip } from './strip.tsx';
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
  const key = useMyKey(target.tenant);
  const waives = settings?.waived_checks ?? [];
  const facts = formFacts(opened, { now, codes, waives, hiddenCharacters, changed: shown.changes.length > 0, key });
  const [details, setDetails] = useState<string | null>(null);
  const seen = useSeen(opened.escalation.view_sha256, details, now);
  const flow = useDecision({ target, shown: opened, latest, me: profile?.profile_id, facts, seen });
  const evidence = useEvidence(target, shown.expectOwn);
  const moves = useMoves(target, latest, profile, shown.expectOwn);
  const logStops = useLogStops(target.tenant);
  const off = logStops ?? whyOff(opened, profile, readOnly, now);
  const canAttach = off === null && opened.pending === null;
  const canDecide = canAttach && latest.escalation.decision === null;
  useLeaveGuard(
    (flow.open && !isBlank(flow.form)) ||
      (opened.pending !== null && opened.pending.by_profile === profile?.profile_id),
  );
  const right = useFocusAfter(flow.open);
  useStart(startWith, canDecide, flow);
  const firstPiece = firstOf(opened);
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
  const decided = opened.escalation.decision !== null;
  const cards = (
    <EvidenceCards
      opened={opened}
      target={target}
      waived={latest.escalation.decision === null ? facts.waived : []}
      onDetails={setDetails}
      onAttach={canAttach ? evidence.attach : null}
      onAttachResolution={canAttach ? evidence.attachResolution : null}
    />
  );
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
          target={target}
          now={now}
          minutes={minutes}
          myName={profile?.name}
          findingsOff={settings?.findings_off}
          evidence={evidence}
          canAttach={canAttach}
          onHidden={setHidden}
          onDetails={setDetails}
        />
        <aside ref={right} className={styles.right} aria-label={words.decision} tabIndex={-1} data-region>
          {!decided && !flow.open && opened.pending === null && <div className={styles.cards}>{cards}</div>}
          <DecisionPanel
            opened={opened}
            latest={latest}
            flow={flow}
            facts={facts}
            codes={codes}
            profile={profile}
            readOnly={readOnly}
            logStops={logStops}
            now={now}
            onNext={moves.neighbours?.next == null ? null : () => moves.step('next')}
          />
          {opened.proof !== null && !flow.open && <ProofCard tenant={target.tenant} proof={opened.proof} />}
          {decided && !flow.open && cards}
        </aside>
      </div>
      <DetailsDialog opened={opened} target={target} sha256={details} onChoose={setDetails} />
    </div>
  );
}

/** The piece that the details begin with: the request's packet, else what there is. */
function firstOf({ escalation: { evidence } }: Opened): string | null {
  const packet = evidence.find(({ kind, role }) => role === 'escalation' && (kind === 'vep' || kind === 'capsule'));
  return (packet ?? evidence[0])?.sha256 ?? null;
}

import type { Opened } from '../../../shared/contract/escalation.ts';
import type { Profile } from '../../../shared/contract/profile.ts';
import { clockText } from '../../components/time.ts';
import { errorFacts } from '../../queries/errors.ts';
import { Choices } from './choices.tsx';
import { DecisionForm } from './decision-form.tsx';
import { undoTime } from './form-facts.ts';
import type { FormFacts } from './form-rules.ts';
import { HeldByOther, HoldCard } from './hold-card.tsx';
import type { CodeChoice } from './reason-fields.tsx';
import { RecordedCard } from './recorded-card.tsx';
import { refusedWords } from './refused-words.ts';
import type { DecisionFlow } from './use-decision.ts';
import { WaitsForKey } from './waits-for-key.tsx';
import { words } from './words.ts';

interface DecisionPanelProps {
  readonly opened: Opened;
  readonly latest: Opened;
  readonly flow: DecisionFlow;
  readonly facts: FormFacts;
  readonly codes: readonly CodeChoice[];
  readonly profile: Profile | null;
  readonly readOnly: boolean;
  /** Why nothing may be decided on the tenant's log; null: it may. */
  readonly logStops: string | null;
  readonly now: number;
  readonly onNext: (() => void) | null;
}

/** The one place where a decision is made: choices, form, undo time or what was recorded, as the escalation stands. */
export function DecisionPanel(props: DecisionPanelProps) {
  const { opened, latest, flow, facts, codes, profile, readOnly, logStops, now, onNext } = props;
  const { escalation, pending } = opened;
  const me = profile?.profile_id;
  if (pending !== null) {
    if (pending.by_profile === me && pending.waits_for === 'key') {
      return (
        <WaitsForKey
          tenant={escalation.tenant}
          request={escalation.request}
          form={flow.form}
          facts={facts}
          busy={flow.ending}
          error={flow.endError}
          onUndo={flow.undo}
          onRecordNow={flow.recordNow}
        />
      );
    }
    return pending.by_profile === me ? (
      <HoldCard
        hold={pending}
        request={escalation.request}
        form={flow.form}
        facts={facts}
        busy={flow.ending}
        error={flow.endError}
        onUndo={flow.undo}
        onRecordNow={flow.recordNow}
      />
    ) : (
      <HeldByOther hold={pending} />
    );
  }
  const off = logStops ?? whyOff(opened, profile, readOnly, now);
  if (flow.open) {
    return (
      <DecisionForm
        opened={opened}
        flow={flow}
        facts={facts}
        codes={codes}
        now={now}
        undo={undoTime(profile?.hold_seconds ?? 0, opened, now)}
        off={latest.escalation.decision === null ? off : words.decidedAlready}
        notice={noticeOf(latest, flow, profile?.name)}
      />
    );
  }
  if (escalation.decision !== null) {
    return (
      <RecordedCard escalation={escalation} now={now} canCorrect={me !== undefined && !readOnly} onNext={onNext} />
    );
  }
  return (
    <Choices
      off={off}
      note={choiceNote(facts)}
      past={facts.past}
      draftKept={flow.storedDraft != null}
      onStart={flow.start}
    />
  );
}

/** Why nothing can be decided here now: whose it is, or that the ledger can't be written; else null. */
export function whyOff(opened: Opened, profile: Profile | null, readOnly: boolean, now: number): string | null {
  if (readOnly) return words.readOnly;
  if (profile === null) return words.noProfile;
  const { claim } = opened.escalation;
  if (claim === null || opened.claimed_by === profile.profile_id || Date.parse(claim.until) <= now) return null;
  return words.claimedElsewhere(claim.by, clockText(claim.until, false));
}

function choiceNote(facts: FormFacts) {
  const failed = facts.failed.map(({ name }) => name);
  if (failed.length > 0)
    return { tone: 'bad' as const, title: `${words.failed.title(failed.length)}:`, text: words.failed.note(failed) };
  const texts = uncheckedTexts(facts);
  if (texts.length === 0) return null;
  const nothing = facts.unchecked.length + facts.waived.length === 0;
  const title = nothing ? words.unchecked.titleNone : words.unchecked.title;
  return { tone: 'open' as const, title, text: texts.join(' ') };
}

/** What an approval accepts by a tick, and what the tenant waived. */
function uncheckedTexts({ asksUnchecked, unchecked, waived }: FormFacts): string[] {
  const { text, none, waived: waivedText } = words.unchecked;
  const asked = unchecked.length === 0 ? none : text(unchecked);
  return [...(asksUnchecked ? [asked] : []), ...(waived.length === 0 ? [] : [waivedText(waived)])];
}

/** What is to be said above the form: what happened underneath, why it was refused, why it came back. */
function noticeOf(latest: Opened, flow: DecisionFlow, myName: string | undefined): string | null {
  const { decision, dissents } = latest.escalation;
  if (decision !== null) {
    const at = clockText(decision.decided_at);
    if (decision.outcome === 'expired' && decision.reviewer === undefined) return words.expiredInHand(at);
    const who = decision.reviewer ?? (decision.source === 'upstream' ? words.outside : words.someone);
    const kept = dissents.some(({ reviewer }) => reviewer !== undefined && reviewer === myName);
    return (kept ? words.conflict : words.decidedFirst)(who, words.did[decision.outcome], at);
  }
  if (flow.error !== null) return refusedWords(errorFacts(flow.error));
  return flow.cameBack === null || flow.cameBack === 'typing' ? null : words.cameBack[flow.cameBack];
}

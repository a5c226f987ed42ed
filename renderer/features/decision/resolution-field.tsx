import { SegmentedControl, TextInput } from '@mantine/core';
import { IconFileCheck, IconHash, IconSignature, type TablerIcon } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import type { Opened } from '../../../shared/contract/escalation.ts';
import styles from './decision.module.css';
import { FailedChecks } from './failed-checks.tsx';
import type { ResolutionChoice } from './form.ts';
import type { FormFacts } from './form-rules.ts';
import { overridden } from './overrides.ts';
import { PacketPicker } from './packet-picker.tsx';
import { Label } from './reason-fields.tsx';
import { SealCard, SealOff } from './seal-card.tsx';
import { maySeal, resolutionOf } from './sealing.ts';
import type { DecisionFlow } from './use-decision.ts';
import type { DecisionTarget } from './use-draft.ts';
import { words } from './words.ts';

const SEGMENTS = {
  root: styles.segments ?? '',
  label: styles.segment ?? '',
  indicator: styles.indicator ?? '',
};

interface ResolutionFieldProps {
  readonly opened: Opened;
  readonly flow: DecisionFlow;
  readonly facts: FormFacts;
  readonly now: number;
}

/**
 * The packet that resolves the escalation, whose SHA-256 is the VEP hash: sealed here, attached, or known by that hash
 * alone; and the event's id.
 */
export function ResolutionField({ opened, flow, facts, now }: ResolutionFieldProps) {
  const { form, edit } = flow;
  const choice = resolutionOf(form, facts);
  const target = targetOf(opened);
  return (
    <div className={styles.resolution}>
      <Choice
        flow={flow}
        facts={facts}
        label={<Label text={words.packet} note={words.packetNote} />}
        options={[
          { value: 'seal', label: <Option icon={IconSignature} text={words.seal} />, disabled: !maySeal(facts) },
          { value: 'packet', label: <Option icon={IconFileCheck} text={words.attach} /> },
          { value: 'hash', label: <Option icon={IconHash} text={words.hashOnly} /> },
        ]}
      />
      <SealOff facts={facts} />
      {choice === 'seal' && <SealCard tenant={target.tenant} facts={facts} now={now} />}
      {choice === 'packet' && (
        <PacketPicker
          packet={form.packet}
          target={target}
          requestPackets={facts.requestPackets}
          onChange={(packet) => edit({ type: 'edit', fields: { packet } })}
        />
      )}
      {choice === 'packet' && <PacketChecks flow={flow} facts={facts} />}
      {choice === 'hash' && <HashInput flow={flow} />}
      <EventId flow={flow} />
    </div>
  );
}

/** A rejection may carry a packet that the desk seals; VEX's record of it takes no resolution. */
export function RejectionPacket({ opened, flow, facts, now }: ResolutionFieldProps) {
  if (facts.key === null) return null;
  return (
    <div className={styles.resolution}>
      <Choice
        flow={flow}
        facts={facts}
        label={<Label text={words.rejectionPacket} note={words.rejectionPacketNote} />}
        options={[
          { value: 'seal', label: <Option icon={IconSignature} text={words.seal} />, disabled: !maySeal(facts) },
          { value: 'none', label: words.noPacket },
        ]}
      />
      <SealOff facts={facts} />
      {resolutionOf(flow.form, facts) === 'seal' && (
        <SealCard tenant={opened.escalation.tenant} facts={facts} now={now} />
      )}
    </div>
  );
}

function targetOf({ escalation: { tenant, record } }: Opened): DecisionTarget {
  return { tenant, id: record.escalation_id, event: record.escalation_event_id };
}

interface ChoiceProps extends Pick<ResolutionFieldProps, 'flow' | 'facts'> {
  readonly label: ReactNode;
  readonly options: { value: ResolutionChoice; label: ReactNode; disabled?: boolean }[];
}

function Choice({ flow, facts, label, options }: ChoiceProps) {
  const labelId = useId();
  return (
    <>
      <p className={styles.label} id={labelId}>
        {label}
      </p>
      <SegmentedControl
        fullWidth
        classNames={SEGMENTS}
        aria-labelledby={labelId}
        value={resolutionOf(flow.form, facts)}
        onChange={(value) => flow.edit({ type: 'edit', fields: { resolution: value as ResolutionChoice } })}
        data={options}
      />
    </>
  );
}

function Option({ icon: Icon, text }: { icon: TablerIcon; text: string }) {
  return (
    <span className={styles.option}>
      <Icon size={15} aria-hidden="true" />
      {text}
    </span>
  );
}

/** Failed checks of the attached packet: one of another escalation is named so, and taken only by name. */
function PacketChecks({ flow, facts }: Pick<ResolutionFieldProps, 'flow' | 'facts'>) {
  const failed = overridden(flow.form, facts).filter(({ of }) => of === 'packet');
  if (failed.length === 0) return null;
  return (
    <FailedChecks
      title={words.failed.packetTitle(failed.length)}
      failed={failed}
      field="packet-check"
      flow={flow}
      detailOf={({ detail }) => detail}
    />
  );
}

function HashInput({ flow }: { flow: DecisionFlow }) {
  return (
    <>
      <TextInput
        label={<Label text={words.hashLabel} note={words.hashNote} />}
        classNames={{ input: styles.mono ?? '' }}
        autoComplete="off"
        spellCheck={false}
        maxLength={128}
        data-field="hash"
        data-required
        value={flow.form.vepHash}
        onChange={(event) => flow.edit({ type: 'edit', fields: { vepHash: event.currentTarget.value } })}
      />
      <p className={styles.quiet}>{words.hashUnchecked}</p>
    </>
  );
}

function EventId({ flow }: { flow: DecisionFlow }) {
  const [open, setOpen] = useState(flow.form.eventId !== '');
  return (
    <details className={styles.advanced} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Label text={words.advanced} note={words.advancedNote} />
      </summary>
      <TextInput
        aria-label={words.advanced}
        classNames={{ input: styles.mono ?? '' }}
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        data-field="event"
        value={flow.form.eventId}
        onChange={(event) => flow.edit({ type: 'edit', fields: { eventId: event.currentTarget.value } })}
      />
    </details>
  );
}

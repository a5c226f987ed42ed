import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import styles from './decision.module.css';
import type { FormFacts } from './form-rules.ts';
import { PacketPicker } from './packet-picker.tsx';
import { Label } from './reason-fields.tsx';
import type { DecisionFlow } from './use-decision.ts';
import { words } from './words.ts';

const SEGMENTS = {
  root: styles.segments ?? '',
  label: styles.segment ?? '',
  indicator: styles.indicator ?? '',
};

interface ResolutionFieldProps {
  readonly flow: DecisionFlow;
  readonly facts: FormFacts;
}

/** The packet that resolves the escalation, whose SHA-256 is the VEP hash, or that hash alone; and the event's id. */
export function ResolutionField({ flow, facts }: ResolutionFieldProps) {
  const { form, edit } = flow;
  return (
    <div className={styles.resolution}>
      <p className={styles.label} id="resolution-label">
        <Label text={words.packet} note={words.packetNote} />
      </p>
      <SegmentedControl
        fullWidth
        classNames={SEGMENTS}
        aria-labelledby="resolution-label"
        value={form.resolution}
        onChange={(value) => edit({ type: 'edit', fields: { resolution: value === 'hash' ? 'hash' : 'packet' } })}
        data={[
          { value: 'packet', label: words.attach },
          { value: 'hash', label: words.hashOnly },
        ]}
      />
      {form.resolution === 'packet' ? (
        <PacketPicker
          packet={form.packet}
          requestPackets={facts.requestPackets}
          onChange={(packet) => edit({ type: 'edit', fields: { packet } })}
        />
      ) : (
        <HashInput flow={flow} />
      )}
      <EventId flow={flow} />
    </div>
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

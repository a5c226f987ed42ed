import { Modal } from '@mantine/core';
import { IconCircleDashed } from '@tabler/icons-react';
import { useState } from 'react';
import type { KeysOverview, StoredTrust } from '../../../shared/contract/keys.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { Hash } from '../../components/hash.tsx';
import { dateText } from '../../components/time.ts';
import { useProfile } from '../../queries/desk-context.tsx';
import { ConfirmEntries } from './confirm-entries.tsx';
import { type EntryAct, EntryDialogs } from './entry-dialogs.tsx';
import { KeyStatus } from './key-status.tsx';
import styles from './keys.module.css';
import { RowMenu } from './row-menu.tsx';
import { SectionHead } from './section-head.tsx';
import { TrustFileChoice } from './trust-file-choice.tsx';
import {
  type BaselineGroup,
  baselinesOf,
  groupBaselines,
  pcrValues,
  type StoredBaseline,
  shownStatus,
} from './trust-rows.ts';
import { Waiting } from './trust-section.tsx';
import { useOffer } from './use-offer.ts';
import { words } from './words.ts';

interface BaselineSectionProps {
  readonly tenant: string;
  readonly overview: KeysOverview;
  readonly now: number;
  /** A link asked for the baselines that wait. */
  readonly asked: boolean;
}

/** The measurements that agents' machines must show, by aid; equal ones stand together. */
export function BaselineSection({ tenant, overview, now, asked }: BaselineSectionProps) {
  const [act, setAct] = useState<EntryAct | null>(null);
  const all = baselinesOf(overview);
  const waiting = all.filter((stored) => shownStatus(stored, now) === 'waits');
  const [dialog, setDialog] = useState<'file' | 'waiting' | null>(
    asked ? (waiting.length > 0 ? 'waiting' : 'file') : null,
  );
  const close = (): void => setDialog(null);
  const pinned = all.filter((stored) => shownStatus(stored, now) !== 'waits');
  return (
    <section className={styles.section} aria-label={words.baselines.title}>
      <SectionHead title={words.baselines.title} note={words.baselines.note}>
        <Button onClick={() => setDialog('file')}>{words.baselines.pin}</Button>
      </SectionHead>
      <div className={styles.frame}>
        {groupBaselines(pinned).map((group) => (
          <Group key={group.baselines[0]?.entry_id} group={group} now={now} onAct={setAct} />
        ))}
        {waiting.map((stored) => (
          <div key={stored.entry_id} className={styles.foot} data-waits>
            <KeyStatus status="waits" />
            <Summary values={stored.entry.pcrs} />
            <span className={styles.quiet}>
              {words.baselines.forAid} <Hash value={stored.entry.aid} short />
            </span>
            <span className={styles.space} />
            <Waiting tenant={tenant} stored={stored} onConfirm={() => setAct({ kind: 'confirm', stored })} />
          </div>
        ))}
        {pinned.length === 0 && (
          <p className={styles.foot}>
            <IconCircleDashed size={16} aria-hidden="true" />
            <span>
              <strong>{words.baselines.none}</strong> {words.baselines.noneText}
            </span>
          </p>
        )}
      </div>
      <EntryDialogs tenant={tenant} act={act} onClose={() => setAct(null)} />
      {dialog === 'file' && <FromFile tenant={tenant} onClose={close} />}
      {dialog === 'waiting' && <Confirming tenant={tenant} waiting={waiting} onClose={close} />}
    </section>
  );
}

interface GroupProps {
  readonly group: BaselineGroup;
  readonly now: number;
  readonly onAct: (act: EntryAct) => void;
}

function Group({ group: { values, baselines }, now, onAct }: GroupProps) {
  const me = useProfile()?.name;
  const [first] = baselines;
  const [open, setOpen] = useState(false);
  if (first === undefined) return null;
  const by = first.pinned_by === me ? words.baselines.you : (first.pinned_by ?? '');
  const at = first.pinned_at === null ? '' : dateText(first.pinned_at);
  return (
    <>
      <div className={styles.foot}>
        <Summary values={values} />
        <span className={styles.space} />
        <AgentLine text={words.baselines.pinned(baselines.length, by, at)} className={styles.quietLine} />
        {baselines.length === 1 ? (
          <BaselineMenu stored={first} now={now} onAct={onAct} />
        ) : (
          <Button look="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {words.baselines.showAids(baselines.length)}
          </Button>
        )}
      </div>
      {open && baselines.map((stored) => <OneAid key={stored.entry_id} stored={stored} now={now} onAct={onAct} />)}
    </>
  );
}

interface OneProps extends Omit<GroupProps, 'group'> {
  readonly stored: StoredBaseline;
}

function OneAid({ stored, now, onAct }: OneProps) {
  return (
    <div className={styles.foot}>
      <AgentLine text={stored.entry.name} className={styles.plain} />
      <Hash value={stored.entry.aid} short />
      <span className={styles.space} />
      <BaselineMenu stored={stored} now={now} onAct={onAct} />
    </div>
  );
}

function BaselineMenu({ stored, now, onAct }: OneProps) {
  const status = shownStatus(stored, now);
  const ends = status === 'in-use' || status === 'not-yet';
  return (
    <>
      <KeyStatus status={status} />
      <RowMenu
        name={stored.entry.name}
        fingerprint={stored.fingerprint}
        acts={[
          { label: words.acts.show, act: () => onAct({ kind: 'show', stored }) },
          ...(ends ? [{ label: words.acts.retire, act: () => onAct({ kind: 'retire', stored }) }] : []),
          ...(status === 'revoked' ? [] : [{ label: words.acts.revoke, act: () => onAct({ kind: 'revoke', stored }) }]),
        ]}
      />
    </>
  );
}

function Summary({ values }: { values: StoredBaseline['entry']['pcrs'] }) {
  return (
    <span className={styles.values}>
      {pcrValues(values).map(([index, value]) => (
        <span key={index}>
          <span className={styles.quiet}>{words.baselines.pcr(index)}</span>
          <Hash value={value} short />
        </span>
      ))}
    </span>
  );
}

function FromFile({ tenant, onClose }: { tenant: string; onClose: () => void }) {
  const offer = useOffer(tenant);
  const { offered } = offer;
  if (offered !== null && offered.waiting.length > 0) {
    return <Confirming tenant={tenant} waiting={offered.waiting} onClose={onClose} />;
  }
  return (
    <Modal opened onClose={onClose} title={words.baselines.pin.replace('…', '')} size={480}>
      <div className={styles.form}>
        {offered !== null && <p role="status">{words.add.allKnown}</p>}
        <TrustFileChoice tenant={tenant} offer={offer} only="pcrs" />
      </div>
    </Modal>
  );
}

interface ConfirmingProps {
  readonly tenant: string;
  readonly waiting: readonly StoredTrust[];
  readonly onClose: () => void;
}

function Confirming({ tenant, waiting, onClose }: ConfirmingProps) {
  return (
    <Modal opened onClose={onClose} title={words.confirm.title} size={560} yOffset={48}>
      <ConfirmEntries tenant={tenant} waiting={waiting} onDone={onClose} onLater={onClose} />
    </Modal>
  );
}

import { IconAlertTriangle, IconCircleDashed } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeysOverview, OwnKey } from '../../../shared/contract/keys.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { dateText } from '../../components/time.ts';
import { useActing, useDesk, useProfile } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { useDeskNow } from '../../queries/now.tsx';
import { KeyStatus } from './key-status.tsx';
import { KeyRow, KeyTable } from './key-table.tsx';
import styles from './keys.module.css';
import { LostKey } from './lost-key.tsx';
import { minutesOpen, myKeyOf } from './my-key.ts';
import { type OwnAct, OwnDialogs } from './own-dialogs.tsx';
import { type RowAct, RowMenu } from './row-menu.tsx';
import { SectionHead } from './section-head.tsx';
import { words } from './words.ts';

interface OwnSectionProps {
  readonly tenant: string;
  readonly overview: KeysOverview;
}

/** The private keys that this desk keeps: who acts here, those of before, and the desk's own. */
export function OwnSection({ tenant, overview }: OwnSectionProps) {
  const [act, setAct] = useState<OwnAct | null>(null);
  const me = useProfile()?.profile_id ?? '';
  const mine = myKeyOf(overview, me);
  const shown = overview.own.filter(({ profile_id }) => profile_id === null || profile_id === me);
  return (
    <section className={styles.section} aria-label={words.own.title}>
      {mine?.state === 'lost' && <LostKey tenant={tenant} ownKey={mine} onAct={setAct} />}
      <SectionHead title={words.own.title} note={words.own.note}>
        <Button onClick={() => setAct({ kind: 'recover' })}>{words.own.recover}</Button>
        {mine === null ? (
          <Button look="strong" onClick={() => setAct({ kind: 'make' })}>
            {words.own.make}
          </Button>
        ) : (
          <Button onClick={() => setAct({ kind: 'rotate', ownKey: mine })}>{words.acts.rotate}</Button>
        )}
      </SectionHead>
      <KeyTable label={words.own.title} foot={<Foot mine={mine} onAct={setAct} />}>
        {shown.map((ownKey) => (
          <OwnRow key={ownKey.key_id} tenant={tenant} ownKey={ownKey} onAct={setAct} />
        ))}
      </KeyTable>
      <OwnDialogs tenant={tenant} protection={overview.protection} act={act} onClose={() => setAct(null)} />
    </section>
  );
}

interface OwnRowProps {
  readonly tenant: string;
  readonly ownKey: OwnKey;
  readonly onAct: (act: OwnAct) => void;
}

function OwnRow({ tenant, ownKey, onAct }: OwnRowProps) {
  const { q } = useDesk();
  const acting = useActing();
  const lock = useMutation(q.keys.lock.mutationOptions());
  const mine = ownKey.profile_id !== null;
  const locking: RowAct[] =
    ownKey.state === 'unlocked'
      ? [{ label: words.acts.lock, act: () => lock.mutate({ ...acting(), tenant, key_id: ownKey.key_id }) }]
      : [{ label: words.acts.unlock, act: () => onAct({ kind: 'unlock', ownKey }) }];
  const inUse: RowAct[] = [
    ...locking,
    { label: words.acts.rotate, act: () => onAct({ kind: 'rotate', ownKey }) },
    { label: words.acts.backup, act: () => onAct({ kind: 'backup', ownKey }) },
  ];
  return (
    <KeyRow
      purpose={ownKey.purpose}
      name={mine ? <AgentLine text={ownKey.name} className={styles.plain} /> : words.own.desk}
      does={words.own.does[ownKey.purpose]}
      fingerprint={ownKey.fingerprint}
      valid={validOf(ownKey)}
      status={<OwnStatus ownKey={ownKey} error={lock.error} />}
    >
      <RowMenu
        name={mine ? ownKey.name : words.own.desk}
        fingerprint={ownKey.fingerprint}
        acts={[
          { label: words.acts.show, act: () => onAct({ kind: 'show', ownKey }) },
          ...(mine && ownKey.status === 'in-use' ? inUse : []),
          ...(mine && ownKey.status !== 'revoked'
            ? [{ label: words.acts.revoke, act: () => onAct({ kind: 'revoke', ownKey }) }]
            : []),
        ]}
      />
    </KeyRow>
  );
}

function validOf({ made_at, ended_at }: OwnKey): string {
  return ended_at === null
    ? words.valid.from(dateText(made_at))
    : words.valid.between(dateText(made_at), dateText(ended_at));
}

function OwnStatus({ ownKey, error }: { ownKey: OwnKey; error: unknown }) {
  const now = useDeskNow('second');
  if (error !== null) return <span className={styles.bad}>{errorFacts(error).message}</span>;
  if (ownKey.status === 'revoked') return <KeyStatus status="revoked" />;
  if (ownKey.status === 'rotated') return <KeyStatus status="ended" note={words.own.rotated.toLowerCase()} />;
  const note = {
    unlocked: words.own.open(minutesOpen(ownKey, now)),
    locked: words.own.locked,
    lost: words.own.lost,
  }[ownKey.state];
  return <KeyStatus status="in-use" {...(ownKey.profile_id === null ? {} : { note })} />;
}

interface FootProps {
  readonly mine: OwnKey | null;
  readonly onAct: (act: OwnAct) => void;
}

function Foot({ mine, onAct }: FootProps) {
  if (mine === null) {
    return (
      <p className={styles.foot}>
        <IconCircleDashed size={16} aria-hidden="true" />
        <span>
          <strong>{words.own.none}</strong> {words.own.noneText}
        </span>
      </p>
    );
  }
  if (mine.backed_up_at !== null) {
    return <p className={`${styles.foot} ${styles.quiet}`}>{words.own.backedUp(dateText(mine.backed_up_at))}</p>;
  }
  return (
    <div className={styles.foot} data-tone="warn">
      <IconAlertTriangle size={16} aria-hidden="true" />
      <span>
        <strong>{words.own.notBackedUp}</strong> {words.own.notBackedUpText}
      </span>
      <span className={styles.space} />
      <Button look="strong" height="small" onClick={() => onAct({ kind: 'backup', ownKey: mine })}>
        {words.acts.backup}
      </Button>
    </div>
  );
}

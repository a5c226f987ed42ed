import { IconCircleDashed, IconPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeysOverview } from '../../../shared/contract/keys.ts';
import type { KeyPurpose } from '../../../shared/domain/verdict.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { AddKeyDialog } from './add-key-dialog.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { type EntryAct, EntryDialogs } from './entry-dialogs.tsx';
import { KeyStatus } from './key-status.tsx';
import { KeyRow, KeyTable } from './key-table.tsx';
import styles from './keys.module.css';
import { RowMenu } from './row-menu.tsx';
import { SectionHead } from './section-head.tsx';
import { keysOfOthers, lackingPurposes, type StoredKey, shownStatus, validWords } from './trust-rows.ts';
import { useExportTrust } from './use-export-trust.ts';
import { words } from './words.ts';

interface TrustSectionProps {
  readonly tenant: string;
  readonly overview: KeysOverview;
  readonly now: number;
  /** The purpose that a link asked to add a key for. */
  readonly asked: KeyPurpose | null;
}

/** The keys that the tenant's evidence is judged with, what waits to be confirmed, and what has no key at all. */
export function TrustSection({ tenant, overview, now, asked }: TrustSectionProps) {
  const [act, setAct] = useState<EntryAct | null>(null);
  const [dialog, setDialog] = useState<'add' | 'compare' | null>(asked === null ? null : 'add');
  const exporting = useExportTrust(tenant);
  const keys = keysOfOthers(overview);
  const close = (): void => setDialog(null);
  return (
    <section className={styles.section} aria-label={words.trust.title}>
      <SectionHead title={words.trust.title} note={words.trust.note}>
        <Button onClick={() => setDialog('compare')}>{words.trust.compare}</Button>
        <Button look="strong" icon={IconPlus} onClick={() => setDialog('add')}>
          {words.trust.add}
        </Button>
      </SectionHead>
      <KeyTable label={words.trust.title} foot={<Lacking trust={overview.trust} now={now} />}>
        {keys.map((stored) => (
          <TrustRow key={stored.entry_id} tenant={tenant} stored={stored} now={now} onAct={setAct} />
        ))}
      </KeyTable>
      <div className={styles.headActs}>
        <Button look="link" onClick={exporting.go} disabled={exporting.busy}>
          {words.trust.export}
        </Button>
        <span className={styles.quiet} role="status">
          {exporting.note}
        </span>
      </div>
      <EntryDialogs tenant={tenant} act={act} onClose={() => setAct(null)} />
      {dialog === 'add' && <AddKeyDialog tenant={tenant} opened purpose={asked ?? undefined} onClose={close} />}
      {dialog === 'compare' && <CompareDialog tenant={tenant} overview={overview} opened onClose={close} />}
    </section>
  );
}

interface TrustRowProps {
  readonly tenant: string;
  readonly stored: StoredKey;
  readonly now: number;
  readonly onAct: (act: EntryAct) => void;
}

function TrustRow({ tenant, stored, now, onAct }: TrustRowProps) {
  const status = shownStatus(stored, now);
  const { entry } = stored;
  const does = status === 'ended' || status === 'revoked' ? words.did : words.does;
  return (
    <KeyRow
      purpose={entry.purpose}
      name={<AgentLine text={entry.name} className={styles.plain} />}
      does={does[entry.purpose]}
      fingerprint={stored.fingerprint}
      valid={validWords(entry)}
      status={<KeyStatus status={status} />}
      waits={status === 'waits'}
    >
      {status === 'waits' ? (
        <Waiting tenant={tenant} stored={stored} onConfirm={() => onAct({ kind: 'confirm', stored })} />
      ) : (
        <RowMenu
          name={entry.name}
          fingerprint={stored.fingerprint}
          acts={[
            { label: words.acts.show, act: () => onAct({ kind: 'show', stored }) },
            ...(status === 'in-use' || status === 'not-yet'
              ? [
                  { label: words.acts.retire, act: () => onAct({ kind: 'retire', stored }) },
                  { label: words.acts.replace, act: () => onAct({ kind: 'replace', stored }) },
                ]
              : []),
            ...(status === 'revoked'
              ? []
              : [{ label: words.acts.revoke, act: () => onAct({ kind: 'revoke', stored }) }]),
          ]}
        />
      )}
    </KeyRow>
  );
}

interface WaitingProps {
  readonly tenant: string;
  readonly stored: Pick<StoredKey, 'entry_id'> & { readonly entry: { readonly name: string } };
  readonly onConfirm: () => void;
}

/** What was offered is confirmed, or forgotten: nothing was ever judged by it. */
export function Waiting({ tenant, stored, onConfirm }: WaitingProps) {
  const { q } = useDesk();
  const acting = useActing();
  const drop = useMutation(q.keys.drop_offer.mutationOptions());
  return (
    <span className={styles.waiting}>
      <Button look="strong" height="small" onClick={onConfirm}>
        {words.acts.confirm}
        <span className="visually-hidden"> {stored.entry.name}</span>
      </Button>
      <Button
        height="small"
        disabled={drop.isPending}
        onClick={() => drop.mutate({ ...acting(), tenant, entry_id: stored.entry_id })}
      >
        {words.acts.forget}
        <span className="visually-hidden"> {stored.entry.name}</span>
      </Button>
      {drop.error !== null && (
        <span className={styles.bad} role="alert">
          {errorFacts(drop.error).message}
        </span>
      )}
    </span>
  );
}

function Lacking({ trust, now }: { trust: KeysOverview['trust']; now: number }) {
  return (
    <>
      {lackingPurposes(trust, now).map((purpose) => (
        <p key={purpose} className={styles.foot}>
          <IconCircleDashed size={16} aria-hidden="true" />
          <span>
            <strong>{words.lacks[purpose].title}</strong> {words.lacks[purpose].text}
          </span>
        </p>
      ))}
    </>
  );
}

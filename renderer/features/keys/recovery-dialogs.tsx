import { Modal, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeysOverview, OwnKey } from '../../../shared/contract/keys.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import type { StagedFile } from '../../transport/transport.ts';
import styles from './keys.module.css';
import { agreed, NO_PASSPHRASE, PassphraseFields } from './passphrase-fields.tsx';
import { words } from './words.ts';

interface BackUpProps {
  readonly tenant: string;
  readonly ownKey: OwnKey;
  readonly onClose: () => void;
}

/** Writes the private key, encrypted under a passphrase of its own, to a file that the person keeps elsewhere. */
export function BackUp({ tenant, ownKey, onClose }: BackUpProps) {
  const { transport } = useDesk();
  const [passphrase, setPassphrase] = useState(NO_PASSPHRASE);
  const save = useSaveRecovery(tenant, ownKey);
  const secret = agreed(passphrase);
  const locked = ownKey.state !== 'unlocked';
  return (
    <Modal opened onClose={onClose} title={words.backup.title} size={480}>
      {save.saved ? (
        <div className={styles.form}>
          <p role="status">{words.backup.saved}</p>
          <div className={styles.buttons}>
            <Button onClick={onClose} data-autofocus>
              {words.close}
            </Button>
          </div>
        </div>
      ) : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (secret !== null && !locked) save.go(secret);
          }}
        >
          <p className={styles.quiet}>{words.backup.note}</p>
          <PassphraseFields value={passphrase} onChange={setPassphrase} autoFocus />
          {save.error !== null && (
            <p className={styles.bad} role="alert">
              {errorFacts(save.error).message}
            </p>
          )}
          <div className={styles.buttons}>
            <p className={styles.quiet}>{locked && words.backup.locked}</p>
            <Button onClick={onClose}>{words.cancel}</Button>
            <Button look="accent" type="submit" disabled={secret === null || locked || save.busy}>
              {transport.kind === 'desktop' ? words.backup.goDesktop : words.backup.go}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}

function useSaveRecovery(tenant: string, ownKey: OwnKey) {
  const { q, transport } = useDesk();
  const acting = useActing();
  const write = useMutation(q.keys.save_recovery.mutationOptions({ gcTime: 0 }));
  const all = useMutation({
    gcTime: 0,
    mutationFn: async (passphrase: string) => {
      const name = `recovery-${ownKey.fingerprint.slice(0, 8)}.json`;
      const target = await transport.stageTarget(name);
      if (target === null) return false;
      const input = { ...acting(), tenant, key_id: ownKey.key_id, passphrase, target: target.staged };
      await write.mutateAsync(input);
      await transport.deliver(target.staged, name, 'file');
      return true;
    },
  });
  return { go: all.mutate, busy: all.isPending, error: all.error, saved: all.data === true };
}

interface RecoverProps {
  readonly tenant: string;
  readonly protection: KeysOverview['protection'];
  readonly onClose: () => void;
}

/** Brings a key back from its recovery file and protects it as this host can. */
export function Recover({ tenant, protection, onClose }: RecoverProps) {
  const { q, transport } = useDesk();
  const acting = useActing();
  const [file, setFile] = useState<StagedFile | null>(null);
  const [ofFile, setOfFile] = useState('');
  const [passphrase, setPassphrase] = useState(NO_PASSPHRASE);
  const recover = useMutation(q.keys.recover.mutationOptions({ gcTime: 0, onSuccess: onClose }));
  const pick = useMutation({
    mutationFn: () => transport.pickFiles(),
    onSuccess: ([picked]) => picked !== undefined && setFile(picked),
  });
  const secret = protection === 'passphrase' ? agreed(passphrase) : undefined;
  const ready = file !== null && ofFile.length >= 8 && secret !== null && !recover.isPending;
  const go = (): void => {
    if (!ready) return;
    const given = secret === undefined ? {} : { new_passphrase: secret };
    recover.mutate({ ...acting(), tenant, staged: file.staged, passphrase: ofFile, ...given });
  };
  const error = recover.error ?? pick.error;
  return (
    <Modal opened onClose={onClose} title={words.recover.title} size={480}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <div className={styles.bannerRow}>
          <Button look="strong" onClick={() => pick.mutate()} disabled={pick.isPending} data-autofocus>
            {words.recover.choose}
          </Button>
          {file !== null && <AgentLine text={file.name} className="mono" />}
        </div>
        <PasswordInput
          label={words.recover.filePassphrase}
          value={ofFile}
          maxLength={1000}
          autoComplete="off"
          onChange={({ target }) => setOfFile(target.value)}
        />
        {protection === 'passphrase' && (
          <PassphraseFields value={passphrase} onChange={setPassphrase} label={words.passphrase.newLabel} />
        )}
        {error !== null && (
          <p className={styles.bad} role="alert">
            {errorFacts(error).message}
          </p>
        )}
        <div className={styles.buttons}>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button look="accent" type="submit" disabled={!ready}>
            {words.recover.go}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

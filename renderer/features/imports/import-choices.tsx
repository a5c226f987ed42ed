import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { IconChevronRight, IconDatabaseImport, IconEye, IconFiles, type TablerIcon } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ErrorState } from '../../components/error-state.tsx';
import { useGo } from '../../components/link.tsx';
import { useTransport } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import styles from './imports.module.css';
import { useStartImport } from './use-start-import.ts';
import { IMPORT_WORDS } from './words.ts';

/** The ways to bring in the first escalations; `sample` also offers to look around. */
export function ImportChoices({ sample = true }: { sample?: boolean }) {
  const words = IMPORT_WORDS.choices;
  const { pick } = useStartImport();
  const look = useOpenSample();
  return (
    <div className={styles.choices}>
      <Choice icon={IconDatabaseImport} title={words.db} note={words.dbNote} onClick={pick} />
      <Choice icon={IconFiles} title={words.files} note={words.filesNote} onClick={pick} />
      {sample && (
        <Choice icon={IconEye} title={words.sample} note={words.sampleNote} onClick={look.open} disabled={look.busy} />
      )}
      {look.error !== null && <ErrorState error={look.error} onRetry={look.open} />}
      <p className={styles.dropHere}>{words.drop}</p>
    </div>
  );
}

interface ChoiceProps {
  readonly icon: TablerIcon;
  readonly title: string;
  readonly note: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
}

function Choice({ icon: Icon, title, note, onClick, disabled = false }: ChoiceProps) {
  return (
    <button type="button" className={styles.choice} onClick={onClick} disabled={disabled}>
      <Icon size={20} aria-hidden="true" />
      <span className={styles.choiceWords}>
        <strong>{title}</strong>
        <span className={styles.quiet}>{note}</span>
      </span>
      <IconChevronRight size={16} aria-hidden="true" />
    </button>
  );
}

/** Opens the sample ledger and goes there; whoever looks around acts there under a profile of its own. */
export function useOpenSample(): { open: () => void; busy: boolean; error: Error | null } {
  const { client } = useTransport();
  const queryClient = useQueryClient();
  const go = useGo();
  const main = createTanstackQueryUtils(client.main, { path: ['main'] });
  const opening = useMutation(
    main.desk.open_sample.mutationOptions({
      onSuccess: async ({ tenants }) => {
        const profiles = await client.sample.profile.list({});
        if (profiles.length === 0) {
          const names = (await client.main.profile.list({})).map(({ name }) => name);
          await client.sample.profile.make({ idempotency_key: crypto.randomUUID(), name: names[0] ?? 'You' });
        }
        await queryClient.invalidateQueries();
        const tenant = tenants[0];
        if (tenant !== undefined) go(paths.queue('sample', tenant));
      },
    }),
  );
  const open = (): void => opening.mutate({ idempotency_key: crypto.randomUUID() });
  return { open, busy: opening.isPending, error: opening.error };
}

import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Profile } from '../../../shared/contract/profile.ts';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { chooseProfile } from '../../queries/chosen-profile.ts';
import { useActing, useDesk, useProfile } from '../../queries/desk-context.tsx';
import { invalidateTopics } from '../../queries/query-client.ts';
import styles from './settings.module.css';
import { SETTINGS_WORDS } from './words.ts';

const WORDS = SETTINGS_WORDS.profile;
const HOLDS = [10, 20, 60] as const;

/** Who acts here, under which name, with how much time to take a decision back; and further profiles. */
export function ProfileSettings() {
  const { q, place } = useDesk();
  const queryClient = useQueryClient();
  const profile = useProfile();
  const { data: profiles = [] } = useQuery(q.profile.list.queryOptions({ input: {} }));
  const choose = (id: string): void => {
    chooseProfile(place, id);
    void invalidateTopics(queryClient, place, ['profile', 'queue', 'hold']);
  };
  if (profile == null) return null;
  return (
    <>
      <h2>{WORDS.title}</h2>
      {profiles.length > 1 && (
        <NativeSelect
          label={WORDS.who}
          value={profile.profile_id}
          data={profiles.map(({ profile_id, name }) => ({ value: profile_id, label: name }))}
          onChange={({ target }) => choose(target.value)}
        />
      )}
      <ProfileForm key={profile.profile_id} profile={profile} />
      <NewProfile onMade={choose} />
    </>
  );
}

function ProfileForm({ profile }: { profile: Profile }) {
  const { q } = useDesk();
  const acting = useActing();
  const [name, setName] = useState(profile.name);
  const update = useMutation(q.profile.update.mutationOptions());
  const change = (part: Partial<Pick<Profile, 'name' | 'hold_seconds' | 'after_decision'>>): void =>
    update.mutate({ ...acting(), ...part });
  return (
    <>
      <form
        className={styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          change({ name: name.trim() });
        }}
      >
        <TextInput label={WORDS.name} value={name} maxLength={100} onChange={({ target }) => setName(target.value)} />
        <Button type="submit" disabled={name.trim() === '' || name.trim() === profile.name}>
          {SETTINGS_WORDS.save}
        </Button>
      </form>
      <NativeSelect
        label={WORDS.hold}
        value={String(profile.hold_seconds)}
        data={HOLDS.map((n) => ({ value: String(n), label: WORDS.seconds(n) }))}
        onChange={({ target }) => change({ hold_seconds: HOLDS.find((n) => String(n) === target.value) ?? 10 })}
      />
      <NativeSelect
        label={WORDS.after}
        value={profile.after_decision}
        data={(['next', 'stay'] as const).map((value) => ({ value, label: WORDS[value] }))}
        onChange={({ target }) => change({ after_decision: target.value === 'stay' ? 'stay' : 'next' })}
      />
      {update.error !== null && <ErrorState error={update.error} />}
      {update.isSuccess && <p role="status">{SETTINGS_WORDS.saved}</p>}
    </>
  );
}

function NewProfile({ onMade }: { onMade: (profileId: string) => void }) {
  const { q } = useDesk();
  const [name, setName] = useState('');
  const make = useMutation(q.profile.make.mutationOptions({ onSuccess: ({ profile_id }) => onMade(profile_id) }));
  return (
    <form
      className={styles.line}
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate({ idempotency_key: crypto.randomUUID(), name: name.trim() }, { onSuccess: () => setName('') });
      }}
    >
      <TextInput label={WORDS.another} value={name} maxLength={100} onChange={({ target }) => setName(target.value)} />
      <Button type="submit" disabled={name.trim() === '' || make.isPending}>
        {WORDS.make}
      </Button>
      {make.error !== null && <ErrorState error={make.error} />}
    </form>
  );
}

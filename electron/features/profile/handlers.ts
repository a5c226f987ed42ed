import type { Profile } from '../../../shared/contract/profile.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { FeatureContext } from '../context.ts';
import { deskWrite } from '../writing.ts';

/** All profiles of this desk. */
export function list(context: FeatureContext): Promise<Profile[]> {
  return context.store.profiles();
}

/** Makes a reviewer's profile. ALREADY_EXISTS for a name that is taken, letter case aside. */
export async function make(
  context: FeatureContext,
  input: { idempotency_key: string; name: string },
): Promise<Profile> {
  // Sent again, the call must name the same profile: its id is the key's own, so the input and its hash stay equal.
  const profile: Profile = {
    profile_id: input.idempotency_key,
    name: input.name,
    hold_seconds: 10,
    after_decision: 'next',
  };
  const write = deskWrite(context, 'profile.make', { ...input, by: profile.profile_id });
  return context.store.makeProfile(write, profile);
}

interface ProfileChange {
  by: string;
  idempotency_key: string;
  name?: string | undefined;
  hold_seconds?: Profile['hold_seconds'] | undefined;
  after_decision?: Profile['after_decision'] | undefined;
}

/** Changes the caller's own profile; what is left out stays. NOT_FOUND; ALREADY_EXISTS for a name that is taken. */
export async function update(context: FeatureContext, input: ProfileChange): Promise<Profile> {
  const profile = await profileOf(context, input.by);
  return context.store.updateProfile(deskWrite(context, 'profile.update', input), {
    ...profile,
    name: input.name ?? profile.name,
    hold_seconds: input.hold_seconds ?? profile.hold_seconds,
    after_decision: input.after_decision ?? profile.after_decision,
  });
}

/** The profile of that id; NOT_FOUND. */
export async function profileOf(context: FeatureContext, profileId: string): Promise<Profile> {
  const profile = (await context.store.profiles()).find(({ profile_id }) => profile_id === profileId);
  if (profile === undefined)
    throw new DeskError('NOT_FOUND', 'There is no such profile on this desk.', { by: profileId });
  return profile;
}

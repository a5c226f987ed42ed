import { z } from 'zod';
import { Uuid, WellFormedText } from '../domain/escalation.ts';
import { Acting, mutation, query } from './base.ts';

export const ProfileName = WellFormedText.refine(
  (name) => name.trim() === name && name.length >= 1 && name.length <= 100,
  'has 1 to 100 characters and no spaces at its ends',
);
export const HoldSeconds = z.union([z.literal(10), z.literal(20), z.literal(60)]);
export const Profile = z.strictObject({
  profile_id: Uuid,
  name: ProfileName,
  hold_seconds: HoldSeconds,
  /** After a decision: open the next escalation, or stay. */
  after_decision: z.enum(['next', 'stay']),
});
export type Profile = z.infer<typeof Profile>;

export const profileContract = {
  list: query([]).input(z.strictObject({})).output(z.array(Profile)),
  /** ALREADY_EXISTS for a name that is taken, letter case aside. */
  make: mutation([], ['profile'], ['ALREADY_EXISTS'])
    .input(z.strictObject({ idempotency_key: Uuid, name: ProfileName }))
    .output(Profile),
  update: mutation([], ['profile'], ['NOT_FOUND', 'ALREADY_EXISTS'])
    .input(
      Acting.extend({
        name: ProfileName.optional(),
        hold_seconds: HoldSeconds.optional(),
        after_decision: z.enum(['next', 'stay']).optional(),
      }),
    )
    .output(Profile),
};

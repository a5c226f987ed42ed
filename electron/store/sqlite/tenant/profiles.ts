import type { Role } from '../../../../shared/contract/base.ts';
import type { Profile } from '../../../../shared/contract/profile.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { body, unbody, utf8 } from '../base/bytes.ts';
import type { Reader, Writer } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';
import { findTenant } from './tenants.ts';

/** Stands in profile_roles for every tenant: on one machine the person at it may do all. */
const EVERY_TENANT = 0;
const ALL_ROLES: readonly Role[] = ['reviewer', 'auditor', 'operator'];

/** All profiles, oldest first. */
export function readProfiles(db: Reader): Profile[] {
  return db.all(all, {}).map((row) => unbody<Profile>(row.body));
}

/** The profile's name; its id where there is no such profile. */
export function profileName(db: Reader, profileId: string): string {
  const row = db.get(byId, { profileId });
  return row === undefined ? profileId : unbody<Profile>(row.body).name;
}

/** ALREADY_EXISTS for a name that is taken, letter case aside, and for an id that is. */
export function insertProfile(db: Writer, profile: Profile): void {
  refuseTakenName(db, profile);
  if (db.get(byId, { profileId: profile.profile_id }) !== undefined) {
    throw new DeskError('ALREADY_EXISTS', 'There is such a profile already.', { profile_id: profile.profile_id });
  }
  const made = (db.get(newest, {})?.made ?? 0) + 1;
  db.run(insert, { profileId: profile.profile_id, made, name_folded: folded(profile.name), body: body(profile) });
  for (const role of ALL_ROLES) db.run(insertRole, { profileId: profile.profile_id, tenantId: EVERY_TENANT, role });
}

/** NOT_FOUND; ALREADY_EXISTS for a name that another has. */
export function changeProfile(db: Writer, profile: Profile): void {
  refuseTakenName(db, profile);
  const { changes } = db.run(update, {
    profileId: profile.profile_id,
    name_folded: folded(profile.name),
    body: body(profile),
  });
  if (changes === 0) throw new DeskError('NOT_FOUND', 'There is no such profile.', { profile_id: profile.profile_id });
}

/** What the profile may do in the tenant; nothing for an unknown profile. */
export function readRoles(db: Reader, profileId: string, tenant: string): Role[] {
  const tenantId = findTenant(db, tenant)?.tenantId ?? EVERY_TENANT;
  return db.all(roles, { profileId, tenantId }).map((row) => row.role as Role);
}

function refuseTakenName(db: Reader, profile: Profile): void {
  const holder = db.get(byName, { name_folded: folded(profile.name) });
  if (holder === undefined || holder.profile_id === profile.profile_id) return;
  throw new DeskError('ALREADY_EXISTS', 'Another profile has this name.', { name: profile.name });
}

function folded(name: string): Uint8Array {
  return utf8(name.normalize('NFC').toLowerCase());
}

const all = statement<object>()(() => queries.selectFrom('profiles').select('body').orderBy('made'));
const byId = statement<{ profileId: string }>()((arg) =>
  queries.selectFrom('profiles').select('body').where('profile_id', '=', arg.profileId),
);
const byName = statement<{ name_folded: Uint8Array }>()((arg) =>
  queries.selectFrom('profiles').select('profile_id').where('name_folded', '=', arg.name_folded),
);
const newest = statement<object>()(() => queries.selectFrom('profiles').select((eb) => eb.fn.max('made').as('made')));
const insert = statement<{ profileId: string; made: number; name_folded: Uint8Array; body: Uint8Array }>()((arg) =>
  queries
    .insertInto('profiles')
    .values({ profile_id: arg.profileId, made: arg.made, name_folded: arg.name_folded, body: arg.body }),
);
const update = statement<{ profileId: string; name_folded: Uint8Array; body: Uint8Array }>()((arg) =>
  queries
    .updateTable('profiles')
    .set({ name_folded: arg.name_folded, body: arg.body })
    .where('profile_id', '=', arg.profileId),
);
const insertRole = statement<{ profileId: string; tenantId: number; role: string }>()((arg) =>
  queries.insertInto('profile_roles').values({ profile_id: arg.profileId, tenant_id: arg.tenantId, role: arg.role }),
);
const roles = statement<{ profileId: string; tenantId: number }>()((arg) =>
  queries
    .selectFrom('profile_roles')
    .select('role')
    .distinct()
    .where('profile_id', '=', arg.profileId)
    .where('tenant_id', 'in', [EVERY_TENANT, arg.tenantId]),
);

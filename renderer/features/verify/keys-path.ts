import { paths } from '../../queries/paths.ts';
import type { Place } from '../../queries/query-client.ts';

/** Where a key of that purpose, or a PCR baseline, is pinned for the tenant. */
export function keysPath(place: Place, tenant: string, purpose: 'gate' | 'issuer' | 'reviewer' | 'pcrs'): string {
  return `${paths.settings(place, 'keys', tenant)}&purpose=${purpose}`;
}

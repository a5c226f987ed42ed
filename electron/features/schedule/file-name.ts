import { join } from 'node:path';
import type { ScheduledQuery } from '../../../shared/contract/schedule.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { addDays } from '../../../shared/domain/zone-days.ts';
import { isThere } from '../../gateways/files/sealed-file.ts';
import type { StoredSchedule } from '../../store/ledger-store.ts';
import { BESIDE_EXPORT } from '../transfer/export/export-places.ts';
import type { DueTurn } from './turns.ts';

const ENDS: { readonly [format in ScheduledQuery['format']]: string } = {
  csv: '.csv',
  jsonl: '.jsonl',
  cloudevents: '.cloudevents.jsonl',
  bundle: '.zip',
};
const LONGEST_TENANT = 60;
const TRIES = 1000;

/**
 * A name that is free in the folder: tenant and the days that it covers, both in it, as `acme_2026-11-09_2026-11-15.csv`.
 * What has that name, or that of a file beside it, stays; then the name gets a number. CONFLICT where a thousand are taken.
 */
export async function freeName({ tenant, folder, query, covers }: StoredSchedule, turn: DueTurn): Promise<string> {
  const lastDay = addDays(turn.until, -1);
  const days = covers === 'all' ? `until_${lastDay}` : `${turn.from}_${lastDay}`;
  for (let n = 1; n <= TRIES; n += 1) {
    const name = `${safe(tenant)}_${days}${n === 1 ? '' : `_${n}`}${ENDS[query.format]}`;
    if (await isFree(join(folder, name))) return name;
  }
  throw new DeskError('CONFLICT', 'The folder is full of exports of these days. Nothing was written.', {
    folder,
  });
}

async function isFree(path: string): Promise<boolean> {
  for (const end of ['', ...Object.values(BESIDE_EXPORT)]) if (await isThere(`${path}${end}`)) return false;
  return true;
}

/** Of characters that every file system takes. */
function safe(tenant: string): string {
  const name = tenant
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, LONGEST_TENANT);
  return name === '' ? 'ledger' : name;
}

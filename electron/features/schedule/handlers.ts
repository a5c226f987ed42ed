import type { FolderChoice, Schedule, ScheduleOrder } from '../../../shared/contract/schedule.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { StoredSchedule } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { tenantWrite } from '../writing.ts';
import { usableFolder } from './folder.ts';
import { firstDay, nextTurn } from './turns.ts';

/** Whether this desk's host has a dialog of its own for folders: then a path that a page sends is none that a person chose. */
export interface FolderTerms {
  readonly hasDialog: boolean;
}

/** The tenant's, oldest first. NOT_FOUND. */
export async function list(context: FeatureContext, input: { tenant: string }): Promise<Schedule[]> {
  const stored = await context.store.schedules(input.tenant);
  return stored.map((schedule) => toSchedule(schedule, context.clock.now()));
}

interface SetInput extends ScheduleOrder {
  readonly by: string;
  readonly idempotency_key: string;
  readonly schedule_id?: string | undefined;
  readonly folder?: FolderChoice | undefined;
}

/** Orders or changes one; see the contract. */
export async function set(context: FeatureContext, input: SetInput, terms: FolderTerms): Promise<Schedule> {
  if (context.sample)
    throw new DeskError('INVALID_INPUT', 'The sample ledger exports nothing by itself. Nothing was changed.');
  const { by, schedule_id, query, covers, turn, keep } = input;
  const { tenant } = query;
  const known = await find(context, tenant, schedule_id);
  const folder = input.folder === undefined ? known?.folder : await chosen(context, input.folder, terms);
  if (folder === undefined) throw new DeskError('INVALID_INPUT', 'Choose a folder first. Nothing was changed.');
  const now = context.clock.now();
  const schedule: StoredSchedule = {
    scheduleId: known?.scheduleId ?? input.idempotency_key,
    tenant,
    query,
    covers,
    turn,
    keep,
    folder,
    by,
    madeAt: known?.madeAt ?? instantText(now),
    state:
      known === null
        ? { coveredUntil: firstDay(turn, now), running: null, last: null, failedAtMs: null, files: [] }
        : { ...known.state, failedAtMs: null, files: folder === known.folder ? known.state.files : [] },
  };
  const write = tenantWrite(context, 'schedule.set', { ...input, tenant }, { ...input, folder });
  await context.store.saveSchedule(write, schedule, known === null);
  return toSchedule(schedule, now);
}

/** Ends one. NOT_FOUND. */
export async function remove(
  context: FeatureContext,
  input: { by: string; idempotency_key: string; tenant: string; schedule_id: string },
): Promise<Record<never, never>> {
  await context.store.removeSchedule(tenantWrite(context, 'schedule.remove', input), input.schedule_id);
  return {};
}

async function find(context: FeatureContext, tenant: string, id: string | undefined): Promise<StoredSchedule | null> {
  if (id === undefined) return null;
  const known = (await context.store.schedules(tenant)).find(({ scheduleId }) => scheduleId === id);
  if (known !== undefined) return known;
  const message = 'There is no such scheduled export in this tenant. Nothing was changed.';
  throw new DeskError('NOT_FOUND', message, { schedule_id: id });
}

function chosen(context: FeatureContext, folder: FolderChoice, { hasDialog }: FolderTerms): Promise<string> {
  if ('staged' in folder) return usableFolder(context.staging.source(folder.staged).path);
  if (!hasDialog) return usableFolder(folder.path);
  throw new DeskError('FORBIDDEN', 'Here a folder is chosen in the system’s dialog. Nothing was changed.');
}

function toSchedule({ scheduleId, tenant: _, madeAt, state, ...order }: StoredSchedule, now: number): Schedule {
  return {
    ...order,
    schedule_id: scheduleId,
    made_at: madeAt,
    covered_until: state.coveredUntil,
    next_at: instantText(nextTurn(order.turn, state.coveredUntil, now)),
    running: state.running?.jobId ?? null,
    last: state.last,
    files: state.files.length,
  };
}

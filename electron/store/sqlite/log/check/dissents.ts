import type { Dissent } from '../../../../../shared/domain/escalation.ts';
import type { LogFailure } from '../../../ledger-store.ts';
import { text } from '../../base/bytes.ts';
import type { NumberedRow } from './escalation-rows.ts';
import { parsed, unless } from './failure.ts';
import type { Story, ToldOf } from './told.ts';

/** One for each event, in order; before them those that older desks kept with the escalation's own event. */
export function checkDissents(place: string, dissents: readonly NumberedRow[], story: Story): LogFailure[] {
  const events = story.of('dissent.recorded');
  const brought = dissents.length - events.length;
  if (brought < 0) return [{ place, code: 'ROW_MISSING', detail: 'A dissent of an event is not there.' }];
  const mayCome = story.of('escalation.recorded')[0]?.leaf.v === 1;
  const gap = dissents.find(({ n }, at) => n !== at);
  return [
    ...unless(brought === 0 || mayCome, place, 'ROW_WITHOUT_EVENT', 'There is a dissent that no event tells of.'),
    ...unless(gap === undefined, place, 'ROW_MISSING', 'The dissents are not numbered one after another.'),
    ...dissents.flatMap((row, at) => {
      const event = events[at - brought];
      const same = hasOneForm(row.body) && (event === undefined || isOf(row.body, event));
      return unless(same, place, 'DISSENT_DIFFERS', `Dissent ${at + 1} is not what its event says.`);
    }),
  ];
}

/** Written as the desk writes it. */
function hasOneForm(body: Uint8Array): boolean {
  return JSON.stringify(parsed(body)) === text(body);
}

function isOf(body: Uint8Array, { leaf, value }: ToldOf<'dissent.recorded'>): boolean {
  const dissent = parsed(body) as Dissent;
  const committed = value('dissent') as Dissent | undefined;
  const same = committed === undefined || sorted(committed) === sorted(dissent);
  return same && dissent.outcome === leaf.outcome && dissent.source === leaf.source;
}

/** A dissent's members are texts. */
function sorted(dissent: Dissent): string {
  return JSON.stringify(Object.entries(dissent).sort(([a], [b]) => (a < b ? -1 : 1)));
}

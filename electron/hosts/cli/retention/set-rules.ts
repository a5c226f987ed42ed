import { changeOf, textOf } from '../arguments.ts';
import { EXIT } from '../exit-code.ts';
import { usageError } from '../failure.ts';
import type { RetentionAction } from './action.ts';
import { kept } from './preview-rules.ts';

/** Shows the tenant's rules, after setting those that are named. */
export const setRules: RetentionAction = async ({ terminal, values, positionals }, open) => {
  if (positionals.length > 0) throw usageError('retention rules takes no arguments beside its options.');
  const evidence = daysOf(textOf(values, 'evidence-days'));
  const fields = daysOf(textOf(values, 'fields-days'));
  const session = await open();
  const tenant = await session.tenant();
  let settings = await session.client.settings.get({ tenant });
  if (evidence !== undefined || fields !== undefined) {
    const { idempotency_key } = changeOf(values);
    const acting = { by: await session.profile(), idempotency_key, tenant };
    const changed = {
      ...settings,
      ...(evidence === undefined ? {} : { evidence_days: evidence }),
      ...(fields === undefined ? {} : { fields_days: fields }),
    };
    settings = await session.client.settings.set({ ...acting, settings: changed });
  }
  const { evidence_days, fields_days } = settings;
  if (terminal.json) terminal.document(JSON.stringify({ evidence_days, fields_days }));
  else {
    terminal.line(`evidence: ${kept(evidence_days)}`);
    terminal.line(`beside the log: ${kept(fields_days)}`);
  }
  return EXIT.done;
};

/** A number of days, `none` for good; undefined where it is not named. */
function daysOf(text: string | undefined): number | null | undefined {
  if (text === undefined || text === 'none') return text === undefined ? undefined : null;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw usageError('Days are a whole number from 1, or none. Nothing was changed.');
}

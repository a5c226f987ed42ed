import type { RetentionPreview } from '../../../../shared/contract/retention.ts';
import { EXIT } from '../exit-code.ts';
import { usageError } from '../failure.ts';
import type { Terminal } from '../terminal.ts';
import type { RetentionAction } from './action.ts';

/** Prints what the rules would remove; nothing is removed. */
export const previewRules: RetentionAction = async ({ terminal, positionals }, open) => {
  if (positionals.length > 0) throw usageError('retention preview takes no arguments. Nothing was done.');
  const session = await open();
  const preview = await session.client.retention.preview({ tenant: await session.tenant() });
  if (terminal.json) terminal.document(JSON.stringify(preview));
  else printPreview(terminal, preview);
  return EXIT.done;
};

function printPreview(terminal: Terminal, { rules, due, held, tenant_held }: RetentionPreview): void {
  terminal.line(`evidence: ${kept(rules.evidence_days)}`);
  terminal.line(`  due: ${due.pieces} pieces of ${due.escalations} escalations, ${due.bytes} bytes`);
  terminal.line(`beside the log: ${kept(rules.fields_days)}`);
  terminal.line(`  due: ${due.values} values of ${due.events} events`);
  if (held > 0) terminal.line(`Kept by legal holds: ${held} escalations that would be due.`);
  if (tenant_held) terminal.line('A legal hold is on the whole tenant: nothing is removed.');
}

/** A rule in words. */
export function kept(days: number | null): string {
  return days === null ? 'kept' : `kept ${days} days`;
}

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BackupComparison } from '../../../../shared/contract/backup.ts';
import type { Profile } from '../../../../shared/contract/profile.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { WellFormedText } from '../../../../shared/domain/escalation.ts';
import { type Restored, restoreStore } from '../../../desk/restore-store.ts';
import { requiredText, textOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { usageError } from '../failure.ts';
import type { Invocation } from '../invocation.ts';
import { oneFile } from '../one-file.ts';
import type { Session } from '../session.ts';
import { storePath } from '../store-address.ts';
import type { Terminal } from '../terminal.ts';

export const restore: Command = {
  name: 'restore',
  summary: 'makes a store of a backup, verified; shows first what it would replace',
  help: `restore FILE [--force] [--reason TEXT]
  Where a store is already, it says what that one has and the backup has not, and does nothing. With --force it then
  takes its place; the store that was there is kept beside it under another name.
  Each tenant's log says that it was restored. A log that is shorter than the one this account saw here, or another, is not
  decided in until somebody accepts it. --reason accepts it with the restore, and stands in the log; without it the
  command to do so is printed.

Example: restore desk-2026-11-15.backup --store restored.db`,
  options: { force: { type: 'boolean' }, reason: { type: 'string' } },
  store: 'none',
  async run(invocation, open) {
    const { terminal, values, home, services, stop } = invocation;
    const file = oneFile(invocation);
    if (!existsSync(file)) throw usageError('There is no such backup. Nothing was restored.', { file });
    const path = storePath(values, home);
    const reason = reasonOf(values);
    const replace = existsSync(path);
    if (replace) await showReplaced(invocation, path, file, await open());
    const restored = await restoreStore(services(), {
      backup: resolve(file),
      path,
      by: chooser(invocation),
      replace,
      reason,
      signal: stop,
    });
    if (terminal.json) terminal.document(documentOf(path, restored));
    else printRestored(terminal, path, restored);
    return EXIT.done;
  },
};

const Reason = WellFormedText.min(1).max(2000);

function reasonOf(values: Invocation['values']): string | null {
  if (values.reason === undefined) return null;
  const reason = Reason.safeParse(requiredText(values, 'reason'));
  if (reason.success) return reason.data;
  throw usageError('--reason takes 1 to 2,000 characters. Nothing was restored.');
}

/** ALREADY_EXISTS with what would be lost, unless it may be replaced; closes the desk that looked. */
async function showReplaced({ terminal, values }: Invocation, path: string, file: string, session: Session) {
  const { compared } = await session.client.backup.preview({ staged: session.stageSource(file) });
  await session.desk.close();
  if (values.force !== true) {
    if (!terminal.json) printCompared(terminal, compared);
    const message = 'There is a store already. Nothing was restored. Name another place, or replace it with --force.';
    throw new DeskError('ALREADY_EXISTS', message, { file: path, compared });
  }
  if (!terminal.json) printCompared(terminal, compared);
}

const STANDING = {
  same: 'the same log',
  older: 'this store’s log begins with the backup’s',
  newer: 'the backup’s log begins with this store’s',
  forked: 'neither log begins with the other',
  none: 'only one of them has it',
} as const;

function printCompared(terminal: Terminal, compared: readonly BackupComparison[]): void {
  for (const { tenant, backup, now, log, lost } of compared) {
    terminal.line(`${tenant}: ${STANDING[log]}`);
    terminal.line(`  here    ${told(now)}`);
    terminal.line(`  backup  ${told(backup)}`);
    if (lost.n > 0) terminal.line(`  ${lost.n} decisions would be lost, the newest:`);
    for (const { at, outcome, id, by } of lost.newest)
      terminal.line(`    ${at}  ${outcome ?? ''}  ${id ?? 'removed'}  ${by}`);
  }
}

function told(one: BackupComparison['now']): string {
  if (one === null) return 'not there';
  const { active, resolved, expired } = one.counts;
  return `${one.size} events; ${active} active, ${resolved} resolved, ${expired} expired`;
}

/** Who restores: `--as`, else the only profile that the backup has. */
function chooser({ values, services }: Invocation): (profiles: readonly Profile[]) => string {
  const as = textOf(values, 'as');
  return (profiles) => {
    const names = profiles.map(({ name }) => name);
    const meant = profiles.filter(({ name }) => as === undefined || name.toLowerCase() === as.toLowerCase());
    if (meant[0] !== undefined && meant.length === 1) return meant[0].profile_id;
    if (profiles.length === 0) return as ?? services().accountName;
    const message =
      'The backup has several profiles, or none of this name. Say with --as who restores. Nothing was restored.';
    throw usageError(message, { profiles: names });
  };
}

function documentOf(path: string, { sha256, bytes, logs, kept }: Restored): string {
  const told = logs.map((log) => (log.accepted ? log : { ...log, accept: acceptCommand(path, log.tenant) }));
  return JSON.stringify({ store: path, sha256, bytes, logs: told, kept });
}

function printRestored(terminal: Terminal, path: string, { bytes, logs, kept }: Restored): void {
  terminal.line(`${path}: restored, ${bytes} bytes, verified`);
  if (kept !== null) terminal.line(`  The store that was there: ${kept}`);
  for (const { tenant, agrees, known, accepted } of logs) {
    if (agrees === 'agrees') terminal.line(`  ${tenant}: its log goes on from the head that was known here`);
    if (agrees !== 'older' && agrees !== 'forked') continue;
    terminal.toned('bad', `  ${tenant}`, `: its log is ${WORDS[agrees]} one of ${known?.size} events seen here.`);
    if (accepted) terminal.line('    It was accepted with your reason, which its log keeps.');
    else terminal.line(`    Nothing is decided in it until it is accepted: ${acceptCommand(path, tenant)}`);
  }
}

/** What to type where a log is not accepted yet. */
function acceptCommand(path: string, tenant: string): string {
  return `log accept --tenant ${shellWord(tenant)} --store ${shellWord(path)} --reason TEXT`;
}

/** The text as one word of a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

const WORDS = { older: 'shorter than the', forked: 'another than the' } as const;

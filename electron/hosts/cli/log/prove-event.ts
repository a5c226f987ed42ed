import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { changeOf, targetOf, textOf } from '../arguments.ts';
import { EXIT } from '../exit-code.ts';
import { usageError } from '../failure.ts';
import type { Invocation } from '../invocation.ts';
import type { LogAction } from './action.ts';

/** Proves one event; prints the proof itself, or writes it to `--out`. */
export const proveEvent: LogAction = async (invocation, open) => {
  const { terminal, values, home } = invocation;
  const meant = meantBy(invocation);
  const out = textOf(values, 'out');
  const session = await open();
  const path = out ?? join(home, `proof-${process.pid}-${randomUUID()}`);
  const { idempotency_key } = changeOf(values);
  const tenant = await session.tenant();
  const proven = await session.client.log.prove({
    by: await session.profile(),
    idempotency_key,
    tenant,
    target: session.stageTarget(path, values.force === true),
    ...('seq' in meant ? meant : { escalation: { ...meant, tenant } }),
  });
  const proof = await readFile(path, 'utf8');
  if (out === undefined) await rm(path, { force: true });
  const { sha256, bytes } = proven;
  if (terminal.json) terminal.document(JSON.stringify({ file: out ?? null, sha256, bytes, proof }));
  else if (out === undefined) terminal.bytes(Buffer.from(proof));
  else terminal.line(`${out}: the proof, ${bytes} bytes, SHA-256 ${sha256}`);
  return EXIT.done;
};

/** An event by its number, else an escalation. */
function meantBy(invocation: Invocation): { seq: string } | { id: string; event?: string } {
  const seq = textOf(invocation.values, 'seq');
  if (seq === undefined) return targetOf(invocation);
  if (!/^(0|[1-9]\d{0,15})$/.test(seq)) throw usageError('--seq is no number of an event. Nothing was written.');
  if (invocation.positionals.length > 0)
    throw usageError('Name an escalation or --seq, not both. Nothing was written.');
  return { seq };
}

import { CHANGE_OPTIONS, ID_OPTIONS } from '../arguments.ts';
import type { Command } from '../command.ts';
import { usageError } from '../failure.ts';
import { acceptLog } from '../log/accept-log.ts';
import type { LogAction } from '../log/action.ts';
import { cosignLog } from '../log/cosign-log.ts';
import { proveEvent } from '../log/prove-event.ts';
import { signHead } from '../log/sign-head.ts';
import { verifyLog } from '../log/verify-log.ts';

const ACTIONS: Readonly<Record<string, LogAction>> = {
  verify: verifyLog,
  checkpoint: signHead,
  prove: proveEvent,
  cosign: cosignLog,
  accept: acceptLog,
};

export const log: Command = {
  name: 'log',
  summary: "verifies, signs and proves the tenant's audit log",
  help: `log verify
log checkpoint [--out FILE]
log prove ID [--event UUID] [--seq N] [--out FILE]
log cosign FILE
log accept --reason TEXT
  verify recomputes the whole log and compares it with every table. Exit: 0 verified, 1 something differs.
  checkpoint signs the log's head, which whoever has it can hold against every later one. It is printed, or written to
  --out; so is a proof.
  prove: that the escalation's decision (while there is none, its recording) is in the log, or event N with --seq.
  cosign adds the cosignatures of pinned witnesses that FILE, a checkpoint's note, has.
  accept: the log is not the one that this desk remembers, and you know why: a restored backup. The log keeps the reason.

Example: log prove --tenant acme ESC-2026-000117 --out decision.proof && verify decision.proof --trust trust.json`,
  options: {
    ...ID_OPTIONS,
    ...CHANGE_OPTIONS,
    seq: { type: 'string' },
    out: { type: 'string' },
    force: { type: 'boolean' },
    reason: { type: 'string' },
  },
  store: 'existing',
  run(invocation, open) {
    const [name = '', ...positionals] = invocation.positionals;
    const act = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (act !== undefined) return act({ ...invocation, positionals }, open);
    throw usageError(`log takes one of: ${Object.keys(ACTIONS).join(', ')}. Nothing was done.`);
  },
};

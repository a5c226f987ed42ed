import { decodeBase64 } from '../../../../shared/domain/base64.ts';
import { ID_OPTIONS, targetOf, textOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { usageError } from '../failure.ts';
import { writeNew } from '../write-new.ts';

export const evidence: Command = {
  name: 'evidence',
  summary: 'hands out the exact bytes of one piece of evidence',
  help: `evidence ID [--sha256 HEX] [--out PATH] [--event UUID]
  Without --sha256: the resolution's packet. Without --out: the bytes go to standard output, if that is no terminal.

Example: evidence --tenant acme ESC-2026-000117 --out decision.vep && sha256sum decision.vep`,
  options: { ...ID_OPTIONS, sha256: { type: 'string' }, out: { type: 'string' } },
  store: 'existing',
  async run(invocation, open) {
    const { terminal, values } = invocation;
    const target = targetOf(invocation);
    const sha256 = textOf(values, 'sha256');
    const out = textOf(values, 'out');
    if (out === undefined && !terminal.json && terminal.outIsTerminal) {
      throw usageError('The bytes are not for a terminal. Name a file with --out, or send them to one.');
    }
    const session = await open();
    const tenant = await session.tenant();
    const piece = await session.client.escalation.evidence({
      ...target,
      tenant,
      ...(sha256 === undefined ? {} : { sha256 }),
    });
    const bytes = decodeBase64(piece.base64) ?? new Uint8Array();
    if (out !== undefined) await writeNew(out, bytes);
    const facts = { file: out ?? null, sha256: piece.sha256, bytes: piece.bytes, kind: piece.kind, role: piece.role };
    if (terminal.json) terminal.document(JSON.stringify(facts));
    else if (out === undefined) terminal.bytes(bytes);
    else terminal.line(`${out}: ${piece.kind} (${piece.role}), ${piece.bytes} bytes, SHA-256 ${piece.sha256}`);
    return 0;
  },
};

import type { StoredTrust } from '../../../../shared/contract/keys.ts';
import { fingerprintWords, shortFingerprint } from '../../../../shared/domain/fingerprint.ts';
import { decodeHex } from '../../../../shared/domain/hex.ts';
import type { Terminal } from '../terminal.ts';

/** The trust store as one JSON document, or as a table. */
export function printKeys(terminal: Terminal, trust: readonly StoredTrust[]): void {
  if (terminal.json) {
    terminal.document(JSON.stringify(trust.map(keyJson)));
    return;
  }
  const heads = ['PURPOSE', 'NAME', 'STATUS', 'FINGERPRINT', 'VALID FROM', 'VALID UNTIL'];
  terminal.table([heads, ...trust.map(keyRow)]);
}

/** An entry with the members of the promise (docs/guide/command-line.md); a baseline has no public key. */
export function keyJson({ entry, fingerprint, status }: StoredTrust) {
  const { purpose, name, valid_from, valid_until } = entry;
  const public_hex = entry.purpose === 'pcrs' ? null : entry.public_hex;
  return { purpose, name, public_hex, fingerprint, status, valid_from, valid_until };
}

function keyRow({ entry, fingerprint, status }: StoredTrust): string[] {
  const { purpose, name, valid_from = '', valid_until = '' } = entry;
  return [purpose, name, status, shortFingerprint(fingerprint), valid_from, valid_until];
}

/** An entry with its whole fingerprint, in fours and in words, to be compared over another channel. */
export function printFingerprint(terminal: Terminal, { entry, fingerprint, status }: StoredTrust): void {
  const about = entry.purpose === 'pcrs' ? ` of agent ${entry.aid}` : '';
  terminal.line(`${entry.purpose}  ${entry.name}${about}: ${status}`);
  terminal.line(`  ${fingerprint.replace(/.{4}(?=.)/g, '$& ')}`);
  terminal.line(`  ${fingerprintWords(decodeHex(fingerprint) ?? new Uint8Array(0)).join(' ')}`);
}

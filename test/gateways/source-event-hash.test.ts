import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkEventHash } from '../../electron/gateways/files/source-event-hash.ts';
import { readJson, readJsonText } from '../../shared/domain/json/read.ts';
import { JsonObject, type JsonValue } from '../../shared/domain/json/value.ts';
import { isBlobMember } from '../../shared/domain/wire/audit-event.ts';
import { vexRows } from '../helpers/vex-rows.ts';

const folder = new URL('../fixtures/fixtures/audit-chain/', import.meta.url);

interface ChainFile {
  file: string;
  note: string;
  strict: { verdict: string; index?: number; reason?: string };
}

const { files } = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as { files: ChainFile[] };

function parse(bytes: Uint8Array): JsonValue {
  const json = readJson(bytes, { byteArrays: isBlobMember });
  if (!json.ok) throw new Error(json.code);
  return json.value;
}

function eventsOf(file: string): JsonObject[] {
  return parse(readFileSync(new URL(file, folder))) as JsonObject[];
}

describe('an audit event’s own hash', () => {
  it.each(files.map((f) => [f.file, f.note, f.strict] as const))('%s: %s', (file, _, strict) => {
    const answers = eventsOf(file).map(checkEventHash);
    const ownHash = strict.reason === 'hash is not the hash of the event';
    const until = strict.index ?? answers.length;
    expect(answers.slice(0, until).every((answer) => answer === 'ok')).toBe(true);
    if (ownHash) expect(answers[until]).toBe('altered');
  });

  it('holds for every event of the demo ledger', () => {
    const rows = vexRows('demo').filter((row) => /^audit:tenant:.*:event:/.test(row.key));
    expect(rows).toHaveLength(146);
    expect(rows.filter((row) => checkEventHash(parse(row.value)) !== 'ok')).toEqual([]);
  });

  it('is the same whether blobs were read as bytes or as numbers', () => {
    const text = readFileSync(new URL('intact.json', folder), 'utf8');
    const json = readJsonText(text);
    expect(json.ok && (json.value as JsonObject[]).map(checkEventHash)).toEqual(
      eventsOf('intact.json').map(checkEventHash),
    );
  });

  it.each(['hash', 'timestamp', 'sequence_number', 'actor', 'approval_signatures', 'event_type', 'schema_version'])(
    'is unchecked without %s',
    (name) => {
      const [first] = eventsOf('intact.json');
      const members = [...(first?.members ?? [])].filter(([member]) => member !== name);
      expect(checkEventHash(JsonObject.of(members))).toBe('unchecked');
    },
  );

  it('is unchecked for what is no event', () => {
    for (const value of [null, 'x', [], JsonObject.of([])]) expect(checkEventHash(value)).toBe('unchecked');
  });
});

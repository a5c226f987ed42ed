import { DeskError } from '../../shared/domain/errors.ts';

/** Where a page ends: the sort column's value and the escalation's number, which breaks ties. */
export interface Position {
  readonly key: string | number;
  readonly escalationId: number;
}

/** The position as an opaque text, bound to the query that it came from. */
export function writeCursor(query: string, { key, escalationId }: Position): string {
  return Buffer.from(JSON.stringify([query, key, escalationId]), 'utf8').toString('base64url');
}

/** INVALID_INPUT for a text that is no cursor, or one of another query. */
export function readCursor(query: string, cursor: string): Position {
  const [of, key, escalationId] = parsed(cursor);
  const isKey = typeof key === 'string' || typeof key === 'number';
  if (of === query && isKey && typeof escalationId === 'number') return { key, escalationId };
  throw new DeskError('INVALID_INPUT', 'This is no cursor of this list. Read the list from its start.');
}

/** Whether the text is a cursor of this query. */
export function isCursorOf(query: string, cursor: string): boolean {
  return parsed(cursor)[0] === query;
}

function parsed(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder of this test file alone, gone after it. */
export function temporaryFolder(): { path(name: string): string } {
  const folder = mkdtempSync(join(tmpdir(), 'desk-store-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return { path: (name) => join(folder, name) };
}

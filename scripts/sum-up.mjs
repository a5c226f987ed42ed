// The last line of .ci/run: what `npm run check` and `npm test` counted, added up. A command that left no counts broke
// off and counts as one failure; one that was not reached, because the check failed before it, counts as none.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addCounts, countsLine, savedCounts } from './lib/summary.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const BROKE_OFF = { passed: 0, failed: 1, skipped: 0 };

const reached = process.argv.slice(2);
const counts = addCounts(reached.map((name) => savedCounts(root, name) ?? BROKE_OFF));
process.stdout.write(`${countsLine(counts)}\n`);

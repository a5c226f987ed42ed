// `npm test`: Vitest, then Playwright, then one line that sums them up. Arguments go to Vitest and leave the browser out.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './lib/child.mjs';
import { addCounts, countsLine, forgetCounts, saveCounts } from './lib/summary.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const vitestReport = join(root, '.cache', 'vitest.json');
const playwrightReport = join(root, '.cache', 'playwright.json');

async function runVitest(args) {
  const program = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`];
  return withReport(vitestReport, [program, 'run', ...reporters, ...args], {}, (report) => ({
    passed: report.numPassedTests,
    // A file that does not even load holds no test that could fail.
    failed: report.numFailedTests + report.testResults.filter(isBrokenFile).length,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

function isBrokenFile({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((result) => result.status === 'failed');
}

async function runPlaywright() {
  const program = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport };
  return withReport(playwrightReport, [program, 'test', '--reporter=list,json'], env, ({ stats, errors }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  }));
}

/** Runs one tool and counts from the report it leaves; one that ends badly without naming a failed test counts as one. */
async function withReport(report, args, env, count) {
  rmSync(report, { force: true });
  mkdirSync(dirname(report), { recursive: true });
  const code = await run(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
  const counts = existsSync(report) ? count(JSON.parse(readFileSync(report, 'utf8'))) : addCounts([]);
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const args = process.argv.slice(2);
forgetCounts(root, 'test');
const all = [await runVitest(args)];
if (args.length === 0) all.push(await runPlaywright());
const counts = addCounts(all);
saveCounts(root, 'test', counts);
process.stdout.write(`${countsLine(counts)}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { escalationLine, PLACED, type Placed, TENANT } from '../../deception/deceptive-escalations.ts';
import { at, deskTest, escalationPath, queuePath, REVIEWER } from '../support/desk-test.ts';

/** Letters, marks and punctuation that show themselves; the rest must be chips. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\u2028\u2029\u{E0000}-\u{E007F}]/u;

/** Pages of a test: each opens an escalation with a deception in every field. */
const PAGES = 12;

/** What stands above and beside the agent's words: where it is must not depend on them. */
const FACTS = ['main header', '[aria-label="At a glance"]', 'main aside[data-region]', '#request-title'] as const;

const idOf = (placed: Placed, n: number) => placed.id?.text ?? `E-${n}`;

async function open(page: Page, id: string): Promise<void> {
  const address = new URL(page.url());
  await page.goto(`${address.origin}${escalationPath(TENANT, id)}`);
  await expect(page.getByRole('heading', { name: 'What the agent wants to do' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Approve…/ })).toBeVisible();
}

function boxes(page: Page) {
  return page.evaluate((facts) => {
    const box = (element: Element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [x, y, width, height].map(Math.round);
    };
    const cells = [...document.querySelectorAll('[aria-label="At a glance"] > *')].map(box);
    return { cells, facts: facts.map((fact) => [...document.querySelectorAll(fact)].map(box)) };
  }, FACTS);
}

/** What of the agent's stands outside of the places for it, spills over them, or covers the desk's own. */
function trespasses(page: Page, texts: readonly string[]) {
  return page.evaluate(
    ({ texts: agent, facts }) => {
      const found: string[] = [];
      // White space at the end of a line hangs over it and covers nothing.
      const rightOfWords = (place: Element): number => {
        const range = document.createRange();
        const nodes = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
        let right = 0;
        for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
          for (const word of [...(node.textContent ?? '').matchAll(/\S+/g)].slice(0, 500)) {
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            right = Math.max(right, ...[...range.getClientRects()].map((box) => box.right));
          }
        }
        return right;
      };
      const places = '[data-agent-text], bdi, [data-escaped]';
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
        const own = node.parentElement?.closest(places) !== null;
        const text = node.textContent ?? '';
        if (!own && agent.some((one) => text.includes(one))) found.push(`outside: ${text}`);
      }
      for (const place of document.querySelectorAll('main bdi, main [data-stored]')) {
        const column = place.closest('section, aside, nav, header')?.getBoundingClientRect();
        let right = rightOfWords(place);
        for (let around = place.parentElement; around !== null; around = around.parentElement) {
          if (getComputedStyle(around).overflowX !== 'visible')
            right = Math.min(right, around.getBoundingClientRect().right);
        }
        if (column !== undefined && right > column.right + 1) found.push(`spills: ${place.textContent}`);
      }
      for (const element of facts.flatMap((fact) => [...document.querySelectorAll(fact)])) {
        const { x, y, width, height } = element.getBoundingClientRect();
        const on = document.elementFromPoint(x + width / 2, y + Math.min(height / 2, 20));
        if (on !== null && on !== element && !element.contains(on)) found.push(`covers: ${element.tagName}`);
      }
      const active = 'a[href], img, script, style, iframe, object, embed, form, input, video, audio, link, meta';
      for (const place of document.querySelectorAll('main bdi, main [data-stored]')) {
        if (place.querySelector(active) !== null) found.push(`active: ${place.innerHTML}`);
      }
      return found;
    },
    { texts: texts.filter((text) => text.trim().length > 11), facts: [...FACTS] },
  );
}

for (const [from, pages] of [0, PAGES, 2 * PAGES].map((from) => [from, PLACED.slice(from, from + PAGES)] as const)) {
  deskTest(
    `deceptions in every field, ${pages.length} pages from ${from}: flagged, in their places, moving nothing (S62 to S67)`,
    async ({ desk, page }) => {
      const file = join(desk.home, 'deceptions.jsonl');
      const lines = [...PLACED.map((placed, n) => escalationLine(n, placed)), escalationLine(PLACED.length, {})];
      writeFileSync(file, `${lines.join('\n')}\n`);
      await desk.json('import', file, '--tenant', TENANT, '--as', REVIEWER);
      await page.goto(at(await desk.serve(), queuePath(TENANT)));
      await expect(page.getByRole('grid', { name: 'Queue' })).toBeVisible();

      await open(page, `E-${PLACED.length}`);
      const honest = await boxes(page);
      expect(honest.facts.map((found) => found.length)).toEqual(FACTS.map(() => 1));
      for (const [n, placed] of pages.entries()) {
        await open(page, idOf(placed, from + n));
        expect(await boxes(page), `page ${from + n}`).toEqual(honest);
        const texts = Object.values(placed).map(({ text }) => text);
        expect(await trespasses(page, texts), `page ${from + n}`).toEqual([]);
        expect(await page.title()).not.toMatch(UNSEEN);
        await expectFlagged(page, placed, from + n);
      }
    },
  );
}

/** Each case is named with its code: beside its field, or above the explanation. */
async function expectFlagged(page: Page, placed: Placed, n: number): Promise<void> {
  const rows = await page.locator('[aria-labelledby="findings-title"] li').allTextContents();
  const above = await page.locator('[aria-labelledby="explanation-title"] li').allTextContents();
  for (const [field, { name, code }] of Object.entries(placed)) {
    const said = field === 'explanation' ? above : rows.filter((row) => row.startsWith(`${field}: `));
    expect(
      said.some((row) => row.endsWith(code)),
      `page ${n}: ${name} in ${field}`,
    ).toBe(true);
  }
  const shown = await page.locator('main').allInnerTexts();
  expect(shown.join('').replaceAll(/[\n\t\u00a0]/g, '')).not.toMatch(UNSEEN);
}

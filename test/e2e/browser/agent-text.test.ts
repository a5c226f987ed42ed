import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator } from '@playwright/test';
import { projectRoot } from '../../helpers/project-root.ts';
import { deskTest, escalationPath, openDemo, queuePath } from '../support/desk-test.ts';

interface Hostile {
  readonly tenant: string;
  readonly escalation_id: string;
  readonly hostile_text: string | null;
}

const index = JSON.parse(
  readFileSync(join(projectRoot, 'test/fixtures/fixtures/ledgers/demo/index.json'), 'utf8'),
) as Hostile[];

/** What a reviewer must be told of each kind: a finding's code above the text, and chips in it where something hides. */
const SAID: Record<string, { readonly code?: string; readonly chips?: readonly RegExp[] }> = {
  'prompt-injection': { code: 'SPEAKS_TO_A_MODEL' },
  'fake-verdict': { code: 'IMITATES_APP' },
  bidi: { code: 'BIDI_CONTROL', chips: [/^RLO 202E$/, /^PDF 202C$/] },
  invisible: { code: 'TAG_TEXT', chips: [/^ZWSP 200B$/, /^TAG ×7 “APPROVE”$/] },
  'very-long': { code: 'LONG_TEXT' },
  html: {},
  ansi: { code: 'CONTROL_IN_TEXT', chips: [/^ESC 001B$/] },
  formula: {},
  zalgo: {},
  homoglyph: { code: 'LOOKALIKE' },
  newlines: {},
  'mixed-rtl': {},
};

/** Letters, marks and punctuation that show themselves; the rest must be chips. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u{E0000}-\u{E007F}]/u;

async function expectInert(paper: Locator): Promise<void> {
  const active = 'a, img, svg image, script, style, iframe, object, embed, form, input, video, audio, link, meta';
  const body = paper.locator('[data-stored]');
  await expect(body.locator(active), 'no link, image, control or markup of the agent').toHaveCount(0);
  const elements = await body.evaluateAll((lines) =>
    lines.flatMap((line) => [...line.querySelectorAll('*')].map(({ tagName }) => tagName)),
  );
  expect(
    elements.filter((name) => name !== 'SPAN'),
    'text nodes and the app’s own spans only',
  ).toEqual([]);
}

for (const { tenant, escalation_id, hostile_text } of index.filter((row) => row.hostile_text !== null)) {
  const kind = hostile_text ?? '';
  deskTest(
    `agent text of kind ${kind} stays text, is shown for what it is, moves no fact (S62 to S67)`,
    async ({ desk, page }) => {
      await openDemo(desk, page, escalationPath(tenant, escalation_id));
      const paper = page.locator('[data-agent-text]').first();
      await expect(paper).toBeVisible();
      await expect(paper).toHaveRole('group');
      await expectInert(paper);

      const { code, chips = [] } = SAID[kind] ?? {};
      if (code !== undefined) await expect(page.getByText(code, { exact: true }).first()).toBeVisible();
      for (const chip of chips)
        await expect(paper.locator('[data-escaped]').filter({ hasText: chip }).first()).toBeVisible();
      for (const text of await paper.locator('[data-stored]').allTextContents()) expect(text).not.toMatch(UNSEEN);

      // The facts stand above the text, inside the first screen, and no character of it is nearer than its own ground.
      const request = await page.getByRole('heading', { name: 'What the agent wants to do' }).boundingBox();
      const box = await paper.boundingBox();
      expect(request?.y ?? Infinity).toBeLessThan(box?.y ?? 0);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide, 'nothing is pushed sideways').toBeLessThanOrEqual(0);
      const spill = await paper.evaluate((element) =>
        [...element.querySelectorAll<HTMLElement>('[data-stored]')].some(
          (line) => line.getBoundingClientRect().right > element.getBoundingClientRect().right + 1,
        ),
      );
      expect(spill, 'the text stays on its paper').toBe(false);
      for (const verdict of ['Verified', 'Approved']) {
        await expect(page.locator('main').getByText(verdict, { exact: true }).locator('visible=true')).toHaveCount(
          await paper.getByText(verdict, { exact: true }).count(),
        );
      }
    },
  );
}

deskTest(
  'a very long text is shown in part, its length is said, and Approve waits until all was shown (S66)',
  async ({ desk, page }) => {
    await openDemo(desk, page, escalationPath('northwind-ops', 'data_export/OPS-52247#6'));
    const showAll = page.getByRole('button', { name: 'Show all' });
    await expect(page.getByText(/^Shown [\d,]+ of [\d,]+$/)).toBeVisible();
    await page.keyboard.press('a');
    await expect(page.getByText(/show the whole text/)).toBeVisible();
    await showAll.press('Enter');
    await expect(showAll).toHaveCount(0);
    await expect(page.getByText(/show the whole text/)).toHaveCount(0);
  },
);

deskTest(
  'in rows too: an agent’s line breaks, controls and markup are one quiet line of text (S63)',
  async ({ desk, page }) => {
    await openDemo(desk, page, queuePath('northwind-ops'));
    const rows = page.getByRole('grid', { name: 'Queue' }).getByRole('row');
    await expect(rows.nth(5)).toBeVisible();
    for (const row of (await rows.all()).slice(1)) {
      expect((await row.boundingBox())?.height).toBe(48);
      await expect(row.locator('a, img, script, iframe')).toHaveCount(0);
    }
  },
);

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { fixture, TRUST_FILE, tamperedLedger } from '../support/changed-files.ts';
import { at, deskTest, escalationPath, queuePath, REVIEWER } from '../support/desk-test.ts';
import { dropFiles } from '../support/drop.ts';
import type { ServedDesk } from '../support/served-desk.ts';

const TENANT = 'acme-payments';
const ID = 'esc-pay-0001';

/** Axe looks at each element: on a busy machine a screen takes seconds. */
deskTest.slow();

async function expectClean(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect(said, `axe finds nothing on: ${screen}`).toEqual([]);
}

async function openTampered(desk: ServedDesk, page: Page): Promise<void> {
  const ledger = tamperedLedger(desk.home, ID, 'open dispute', 'Open dispute');
  await desk.json('import', ledger, '--as', REVIEWER);
  await desk.json('keys', 'trust', TRUST_FILE, '--tenant', TENANT);
  await page.goto(at(await desk.serve(), escalationPath(TENANT, ID)));
  await expect(page.locator('[data-parting=root]')).toBeVisible();
}

for (const scheme of ['light', 'dark'] as const) {
  deskTest.describe(scheme, () => {
    deskTest.use({ colorScheme: scheme });

    deskTest(`axe finds nothing where evidence is shown (${scheme})`, async ({ desk, page }) => {
      await openTampered(desk, page);
      await expectClean(page, 'a failed escalation');
      await page.keyboard.press('v');
      await expect(page.getByRole('figure')).toBeVisible();
      await page.getByRole('button', { name: /^Show its 252 bytes/ }).press('Enter');
      await expectClean(page, 'all bytes and details');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await dropFiles(page, [fixture('packets', 'flip-intent.vep'), fixture('packets', 'shadow.vep')]);
      await expect(page.getByRole('list', { name: 'Checks' })).toBeVisible();
      await expectClean(page, 'dropped files');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await page.keyboard.type('gi');
      await page
        .getByRole('link', { name: /^Verified/ })
        .first()
        .press('Enter');
      await expect(page.getByText('escalations judged')).toBeVisible();
      await expectClean(page, 'a verification');
    });
  });
}

deskTest.describe('at 200 % zoom', () => {
  deskTest.use({ viewport: { width: 640, height: 400 } });

  deskTest(
    'evidence pushes nothing sideways: the tree is a list, the hashes wrap (640 × 400)',
    async ({ desk, page }) => {
      await openTampered(desk, page);
      const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(await sideways()).toBeLessThanOrEqual(0);
      await page.keyboard.press('v');
      const tree = page.getByRole('figure');
      await expect(tree).toBeVisible();
      const boxes = await tree
        .getByRole('listitem')
        .evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().top));
      expect(new Set(boxes).size, 'each part on a line of its own').toBe(boxes.length);
      expect(await sideways()).toBeLessThanOrEqual(0);
      const spill = await page.getByRole('dialog').evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
      expect(spill).toBeLessThanOrEqual(0);
      await page.keyboard.press('Escape');
      await page.goto(new URL(queuePath(TENANT), page.url()).href);
      await expect(page.getByRole('region', { name: 'Why most are unchecked' })).toBeVisible();
      expect(await sideways()).toBeLessThanOrEqual(0);
    },
  );
});

import { expect } from '@playwright/test';
import { formOf, openForm } from '../support/decide.ts';
import { at, deskTest, openDemo, openFirst, queuePath } from '../support/desk-test.ts';

const HEAD = '28 open, soonest deadline first';

deskTest(
  'the link opens once: its code leaves the address, and nobody gets in with it again (S28, S29)',
  async ({ desk, page, browser }) => {
    const url = await desk.serve();
    await page.goto(url);
    await expect(page.getByRole('heading', { name: 'Who decides here?' })).toBeVisible();
    expect(new URL(page.url()).hash).toBe('');
    const stranger = await browser.newContext();
    const theirs = await stranger.newPage();
    await theirs.goto(url);
    await expect(theirs.getByRole('heading', { name: 'This page has no session' })).toBeVisible();
    await expect(theirs.getByText(/Press Enter in the terminal/)).toBeVisible();
    expect(await page.context().cookies(), 'no cookie carries the session').toEqual([]);
    await stranger.close();
  },
);

deskTest('a reload survives, and a second tab gets in by the first', async ({ desk, page, context }) => {
  await openDemo(desk, page);
  await expect(page.getByText(HEAD)).toBeVisible();
  await page.reload();
  await expect(page.getByText(HEAD)).toBeVisible();
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.getByText(HEAD)).toBeVisible();
});

deskTest.describe('when the host goes away', () => {
  deskTest.use({ hostGoesAway: true });

  deskTest(
    'the page freezes, keeps what was typed, and shows its secret to nobody else on that port (S30)',
    async ({ desk, page }) => {
      await openFirst(desk, page);
      await openForm(page, 'r');
      const reason = formOf(page).getByRole('textbox', { name: /^Reason/ });
      await reason.fill('Half a sentence, not yet');
      const { port } = desk;
      await desk.kill();
      const scrim = page.getByRole('alertdialog');
      await expect(scrim).toContainText('The desk has stopped. Nothing recorded is lost.');
      await page.keyboard.type(' more');
      await page.keyboard.press('Escape');
      await expect(scrim).toBeVisible();
      await expect(page.locator('textarea[data-field=reason]')).toHaveValue('Half a sentence, not yet');

      const fresh = await desk.serve(port);
      await expect(scrim).toContainText('Close this page');
      await page.goto('about:blank');
      await page.goto(at(fresh, queuePath('acme-payments')));
      await expect(page.getByText(HEAD)).toBeVisible();
    },
  );
});

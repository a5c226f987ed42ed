import { test as base, type ConsoleMessage, expect, type Page } from '@playwright/test';
import { DEMO_LEDGER, ServedDesk } from './served-desk.ts';

/** Who decides in these tests. */
export const REVIEWER = 'M. Okafor';

interface DeskFixtures {
  /** A desk with an empty data folder; nothing serves it yet. */
  desk: ServedDesk;
  /** The test itself takes the host away: that the browser says so is no complaint. */
  hostGoesAway: boolean;
  /** What the console said that a clean page would not, and each error that was thrown. Must stay empty. */
  complaints: string[];
}

/** A test of the window in a real Chromium on the built browser host. A console error or CSP violation fails it. */
export const deskTest = base.extend<DeskFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern.
  desk: async ({}, use) => {
    const desk = new ServedDesk();
    await use(desk);
    await desk.remove();
  },
  hostGoesAway: [false, { option: true }],
  complaints: [
    async ({ context, hostGoesAway, desk: _ }, use) => {
      const complaints: string[] = [];
      context.on('console', (message) => {
        if (isComplaint(message, hostGoesAway)) complaints.push(`${message.type()}: ${message.text()}`);
      });
      context.on('weberror', (error) => complaints.push(`thrown: ${error.error().message}`));
      await use(complaints);
      expect(complaints, 'the console stays clean: no error, no CSP violation (S3, S62)').toEqual([]);
    },
    { auto: true },
  ],
});

function isComplaint(message: ConsoleMessage, hostGoesAway: boolean): boolean {
  if (hostGoesAway && message.text().includes('net::ERR_')) return false;
  return message.type() === 'error' || message.type() === 'warning';
}

/** Opens the window on a store that holds the demo ledger and a profile, both made by the command line. */
export async function openDemo(desk: ServedDesk, page: Page, screen = queuePath('acme-payments')): Promise<void> {
  await desk.json('import', DEMO_LEDGER, '--as', REVIEWER);
  await page.goto(at(await desk.serve(), screen));
}

/** The same, and on to the queue's first escalation by the keyboard: `esc-pay-0001`, which nobody has claimed. */
export async function openFirst(desk: ServedDesk, page: Page): Promise<void> {
  await openDemo(desk, page);
  await expect(page.locator('[role=row]:focus')).toContainText('esc-pay-0001');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'What the agent wants to do' })).toBeVisible();
}

/** The one-use address, opened at a screen. */
export function at(url: string, screen: string): string {
  const address = new URL(url);
  return `${address.origin}${screen}${address.hash}`;
}

export const queuePath = (tenant: string, search = ''): string => `/t/${encodeURIComponent(tenant)}/queue${search}`;

export function escalationPath(tenant: string, id: string): string {
  return `/t/${encodeURIComponent(tenant)}/e?id=${encodeURIComponent(id)}`;
}

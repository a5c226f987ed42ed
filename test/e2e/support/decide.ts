import { expect, type Locator, type Page } from '@playwright/test';

/** The open decision form. */
export const formOf = (page: Page): Locator => page.getByRole('region', { name: 'Decision', exact: true });

/** Opens the form by its key; the page must stand. */
export async function openForm(page: Page, key: 'a' | 'r' | 'w'): Promise<Locator> {
  await expect(page.getByRole('button', { name: /^Approve…/ })).toBeEnabled();
  await page.keyboard.press(key);
  await expect(formOf(page)).toBeVisible();
  return formOf(page);
}

/** Gives code and reason by the keyboard, wherever the focus stands in the form. */
export async function giveReason(page: Page, reason: string): Promise<void> {
  const form = formOf(page);
  await form.getByRole('combobox', { name: /Reason code/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await form.getByRole('textbox', { name: /^Reason/ }).fill(reason);
}

/** Ticks all that stands in the way of an approval: which ticks there are depends on the clock. */
export async function tickAll(page: Page): Promise<void> {
  for (const tick of await formOf(page).getByRole('checkbox').all()) {
    await tick.focus();
    await page.keyboard.press('Space');
    await expect(tick).toBeChecked();
  }
}

/** Commits the form and ends the undo time at once. */
export async function commitNow(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Record now' }).press('Enter');
}

/** Types the name of each failed check into its field, as an override wants it. */
export async function typeChecks(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names)
    await formOf(page)
      .getByRole('textbox', { name: `Type ${name}`, exact: true })
      .fill(name);
}

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Locator, Page } from '@playwright/test';

/** Drops files as a person does: over the window, or over one place of it. */
export async function dropFiles(page: Page, paths: readonly string[], target?: Locator): Promise<void> {
  const files = paths.map((path) => ({ name: basename(path), base64: readFileSync(path).toString('base64') }));
  const dataTransfer = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of given) {
      transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
    }
    return transfer;
  }, files);
  await page.locator('body').dispatchEvent('dragenter', { dataTransfer });
  const place =
    target ?? page.getByText('Drop to verify or import').locator('xpath=ancestor::*[@role="presentation"][1]');
  for (const type of ['dragenter', 'dragover', 'drop']) await place.dispatchEvent(type, { dataTransfer });
}

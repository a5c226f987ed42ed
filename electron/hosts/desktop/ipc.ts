import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import type { ZodType } from 'zod';
import { PAGE_ORIGIN } from './page.ts';

/**
 * The only place that touches raw IPC. Every message is judged before anything else sees it: its frame is read at once,
 * must be there, must be a window's main frame, and must show our own page (S7).
 */
function isTrusted(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && originOf(frame.url) === PAGE_ORIGIN;
}

/** Of an address with a scheme of our own, which `URL.origin` calls `null`. */
function originOf(address: string): string | null {
  try {
    const { protocol, host } = new URL(address);
    return `${protocol}//${host}`;
  } catch {
    return null;
  }
}

/** Answers a call of the page; what it sends must be exactly `arguments_`. A refusal is an error with a code. */
export function answerPage<T>(
  channel: string,
  arguments_: ZodType<T>,
  answer: (given: T, sender: WebContents) => Promise<unknown>,
): void {
  ipcMain.handle(channel, async (event, ...given: unknown[]) => {
    if (!isTrusted(event)) throw new Error('FORBIDDEN: this frame may not ask.');
    const parsed = arguments_.safeParse(given);
    if (!parsed.success) throw new Error('INVALID_INPUT: this is not what the call takes.');
    return answer(parsed.data, event.sender);
  });
}

/** Hears a message of the page that has no answer. */
export function hearPage(channel: string, act: (sender: WebContents) => void): void {
  ipcMain.on(channel, (event, ...given: unknown[]) => {
    if (isTrusted(event) && given.length === 0) act(event.sender);
  });
}

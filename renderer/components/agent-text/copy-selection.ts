import type { ClipboardEvent } from 'react';
import { escapeForTerminal } from '../../../shared/domain/text/escape.ts';

/** Copies a selection of the paper with each chip as its escaped form, and each stored line on a line of its own. */
export function escapeSelection(event: ClipboardEvent): void {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed) return;
  const lines: string[] = [];
  for (let n = 0; n < selection.rangeCount; n++) lines.push(...linesOf(selection.getRangeAt(n).cloneContents()));
  event.clipboardData.setData('text/plain', lines.join('\n'));
  event.preventDefault();
}

function linesOf(part: DocumentFragment): string[] {
  for (const number of part.querySelectorAll('[aria-hidden=true], [data-unspoken]')) number.remove();
  for (const chip of part.querySelectorAll<HTMLElement>('[data-escaped]'))
    chip.textContent = chip.dataset.escaped ?? '';
  const lines = [...part.querySelectorAll<HTMLElement>('[data-stored]')].map((line) => line.textContent);
  return (lines.length > 0 ? lines : [part.textContent ?? '']).map(escapeForTerminal);
}

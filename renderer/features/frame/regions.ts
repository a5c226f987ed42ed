/** Moves the focus to the next or previous region of the window (F6): what is marked `data-region`, in reading order. */
export function moveRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')];
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(at + step + regions.length) % regions.length];
  const first = next?.querySelector<HTMLElement>('[tabindex="0"], a[href], button:not(:disabled)');
  (first ?? next)?.focus();
}

import type { SpotlightStore } from '@mantine/spotlight';

/**
 * Makes the palette's first row the one that Enter takes. Spotlight does so at each key; hits come a moment later and
 * stand above what was first. It keeps the choice in this attribute and has no call for it that it exports.
 */
export function selectFirst(store: SpotlightStore): void {
  const list = document.getElementById(store.getState().listId);
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: 0 }));
}

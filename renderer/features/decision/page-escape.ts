let belongsToPopup = false;

/**
 * An open list, menu or dialog closes itself at Escape, and by the time that the page's own keys are asked it is gone.
 * So whether there was one is noted before anyone acts: this listener is the page's first, being set with the module.
 */
if (typeof window !== 'undefined') {
  window.addEventListener('keydown', (event) => event.key === 'Escape' && note(event.target), { capture: true });
}

function note(target: EventTarget | null): void {
  belongsToPopup =
    document.querySelector('[role=dialog]') !== null ||
    (target instanceof Element &&
      (target.getAttribute('aria-expanded') === 'true' || target.closest('[role=menu], [role=listbox]') !== null));
}

/** `act`, unless the Escape that is being handled belonged to an open list, menu or dialog. */
export function onPageEscape(act: () => void): () => void {
  return () => {
    if (!belongsToPopup) act();
  };
}

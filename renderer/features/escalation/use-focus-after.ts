import { type RefObject, useEffect, useRef } from 'react';

/**
 * Where the focus goes when the form closes and takes its focused field with it: to the column, so that Tab leads on
 * to its first control and no choice is made by a key that was meant for the form.
 */
export function useFocusAfter(open: boolean): RefObject<HTMLElement | null> {
  const place = useRef<HTMLElement>(null);
  const was = useRef(open);
  useEffect(() => {
    if (was.current && !open && document.activeElement === document.body) place.current?.focus();
    was.current = open;
  }, [open]);
  return place;
}

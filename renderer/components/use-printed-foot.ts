import { useEffect } from 'react';

/**
 * What stands at the foot of every sheet while this is on screen: the name of what is printed, of words and digits of the
 * app alone. It is set by the object model, which the page's policy leaves free.
 */
export function usePrintedFoot(text: string): void {
  useEffect(() => {
    const { style } = document.documentElement;
    const before = style.getPropertyValue('--printed-foot');
    style.setProperty('--printed-foot', JSON.stringify(text));
    return () => {
      if (before === '') style.removeProperty('--printed-foot');
      else style.setProperty('--printed-foot', before);
    };
  }, [text]);
}

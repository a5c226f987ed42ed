import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react';

interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'onClick'> {
  /** An address of `paths`. */
  readonly to: string;
  readonly children: ReactNode;
}

/** Goes to a screen without leaving the page; with a modifier key it is the browser's own link. */
export function Link({ to, children, ...rest }: LinkProps) {
  const go = useGo();
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={to} onClick={follow} {...rest}>
      {children}
    </a>
  );
}

/** Goes to an address of `paths`; `replace` leaves no step back. */
export function useGo(): (to: string, options?: { replace?: boolean }) => void {
  const { history } = useRouter();
  return (to, options) => (options?.replace === true ? history.replace(to) : history.push(to));
}

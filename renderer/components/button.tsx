import type { TablerIcon } from '@tabler/icons-react';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './button.module.css';

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  /** `plain`: an outline in the line's colour; `strong`: a strong outline; `accent`, `bad`: filled; `link`: words alone. */
  readonly look?: 'plain' | 'strong' | 'accent' | 'bad' | 'slate' | 'link';
  /** small 26, usual 30, decide 36 pixels high. */
  readonly height?: 'small' | 'usual' | 'decide';
  readonly icon?: TablerIcon;
  readonly children: ReactNode;
}

/** A button of the desk. One that is off says why beside it: that sentence is the caller's. */
export function Button({
  look = 'plain',
  height = 'usual',
  icon: Icon,
  type = 'button',
  children,
  ...rest
}: ButtonProps) {
  return (
    <button type={type} className={styles.button} data-look={look} data-height={height} {...rest}>
      {Icon !== undefined && <Icon size={16} aria-hidden="true" />}
      {children}
    </button>
  );
}

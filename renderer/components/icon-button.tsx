import type { TablerIcon } from '@tabler/icons-react';
import styles from './icon-button.module.css';

interface IconButtonProps {
  readonly label: string;
  readonly icon: TablerIcon;
  readonly onClick: () => void;
  readonly onLeave?: () => void;
  readonly disabled?: boolean;
}

/** A button that is only a glyph; its label is its name and its hint. */
export function IconButton({ label, icon: Icon, onClick, onLeave, disabled = false }: IconButtonProps) {
  return (
    <button
      type="button"
      className={styles.button}
      aria-label={label}
      title={label}
      onClick={onClick}
      onPointerLeave={onLeave}
      onBlur={onLeave}
      disabled={disabled}
    >
      <Icon size={16} aria-hidden="true" />
    </button>
  );
}

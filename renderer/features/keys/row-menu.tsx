import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { inFours } from '../../components/fingerprint.tsx';
import styles from './keys.module.css';
import { words } from './words.ts';

export interface RowAct {
  readonly label: string;
  readonly act: () => void;
}

interface RowMenuProps {
  readonly name: string;
  readonly fingerprint: string;
  readonly acts: readonly RowAct[];
}

/** What can be done with one key, behind three dots that say which it is. */
export function RowMenu({ name, fingerprint, acts }: RowMenuProps) {
  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <button type="button" className={styles.dots} aria-label={words.more(name, inFours(fingerprint, 2))}>
          <IconDots size={16} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map(({ label, act }) => (
          <Menu.Item key={label} onClick={act}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

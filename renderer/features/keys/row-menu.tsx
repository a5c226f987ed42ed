import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import styles from './keys.module.css';
import { words } from './words.ts';

export interface RowAct {
  readonly label: string;
  readonly act: () => void;
}

/** What can be done with one key, behind three dots that name it. */
export function RowMenu({ name, acts }: { name: string; acts: readonly RowAct[] }) {
  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <button type="button" className={styles.dots} aria-label={words.more(name)}>
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

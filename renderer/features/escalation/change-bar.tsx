import { IconRefreshAlert } from '@tabler/icons-react';
import { Button } from '../../components/button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { clockText } from '../../components/time.ts';
import type { Change } from './changes.ts';
import styles from './escalation.module.css';
import { words } from './words.ts';

interface ChangeBarProps {
  readonly changes: readonly Change[];
  readonly changedAt: number;
  readonly seenAt: number;
  readonly onShow: () => void;
}

/** Says that what is shown is no longer what is stored, and what became different; nothing moves until `Show`. */
export function ChangeBar({ changes, changedAt, seenAt, onShow }: ChangeBarProps) {
  const said = changes.map((change) => words.change[change]);
  return (
    <div className={styles.changeBar} role="alert">
      <IconRefreshAlert size={16} aria-hidden="true" />
      <span>{words.changed(clockText(new Date(changedAt)), said, clockText(new Date(seenAt)))}</span>
      <Button height="small" look="strong" onClick={onShow}>
        {words.show} <Kbd>.</Kbd>
      </Button>
    </div>
  );
}

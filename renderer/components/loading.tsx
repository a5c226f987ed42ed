import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import styles from './states.module.css';

const STILL_MS = 2000;

/** Nothing at first; after two seconds it says that it still reads, and can be stopped where that is possible. */
export function Loading({ onCancel }: { onCancel?: () => void }) {
  const [still, setStill] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setStill(true), STILL_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={styles.state} aria-busy="true">
      {still && (
        <>
          <p className={styles.sentence}>Still reading…</p>
          {onCancel !== undefined && <Button onClick={onCancel}>Cancel</Button>}
        </>
      )}
    </div>
  );
}

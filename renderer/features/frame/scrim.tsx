import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { DeskTransport } from '../../transport/transport.ts';
import styles from './scrim.module.css';
import { FRAME_WORDS } from './words.ts';

/** Freezes all input while the way to the desk is broken: what is typed must not go to another host (S30). */
export function Scrim({ link }: { link: DeskTransport['link'] }) {
  const state = useSyncExternalStore(link.subscribe, link.state);
  const dialog = useRef<HTMLDialogElement>(null);
  const frozen = state !== 'live';
  useEffect(() => {
    if (frozen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [frozen]);
  return (
    <dialog
      ref={dialog}
      className={styles.scrim}
      aria-labelledby="scrim-title"
      role="alertdialog"
      onCancel={(event) => event.preventDefault()}
    >
      <h2 id="scrim-title" className={styles.title}>
        {FRAME_WORDS.gone.stopped}
      </h2>
      <p>{state === 'ended' ? FRAME_WORDS.gone.ended : FRAME_WORDS.gone.waiting}</p>
    </dialog>
  );
}

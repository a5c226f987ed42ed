import { Modal, Switch } from '@mantine/core';
import { useState } from 'react';
import { Kbd } from '../../components/kbd.tsx';
import { singleKeysOn, turnSingleKeys } from '../../components/keys.ts';
import { BINDINGS } from './bindings.ts';
import styles from './keyboard-help.module.css';

/** All keys and what they do. */
export function KeyboardHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard" size={760}>
      <KeyTable />
    </Modal>
  );
}

/** The keys by where they act, and the switch that turns the single ones off (WCAG 2.1.4). */
export function KeyTable() {
  const [on, setOn] = useState(singleKeysOn);
  const turn = (next: boolean): void => {
    turnSingleKeys(next);
    setOn(next);
  };
  return (
    <div className={styles.help}>
      {BINDINGS.map(({ where, bindings }) => (
        <section key={where}>
          <h3>{where}</h3>
          <dl className={styles.keys}>
            {bindings.map(({ keys, does }) => (
              <div key={does} className={styles.binding}>
                <dt>
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <Switch
        label="Turn all single keys off"
        checked={!on}
        onChange={({ target }) => turn(!target.checked)}
        className={styles.switch ?? ''}
      />
    </div>
  );
}

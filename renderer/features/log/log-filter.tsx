import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import bar from '../../components/list-bar.module.css';
import type { KindGroup } from './kinds.ts';
import styles from './log.module.css';
import { eventOf } from './log-query.ts';
import { GROUP_WORDS, words } from './words.ts';

interface LogFilterProps {
  readonly group: KindGroup;
  readonly size: number;
  readonly newer: number;
  readonly onChoose: (group: KindGroup) => void;
  readonly onGo: (event: number | null) => void;
}

const GROUPS = Object.entries(GROUP_WORDS).map(([value, label]) => ({ value, label }));

/** Narrows the timeline to kinds, leads to an event by its number, and to what came since. */
export function LogFilter({ group, size, newer, onChoose, onGo }: LogFilterProps) {
  return (
    <>
      <div className={bar.bar}>
        <label className={bar.choice} htmlFor="log-filter">
          {words.filter}
          <NativeSelect
            id="log-filter"
            size="xs"
            data={GROUPS}
            value={group}
            onChange={({ target }) => onChoose(target.value as KindGroup)}
          />
        </label>
        <GoTo size={size} onGo={onGo} />
      </div>
      {newer > 0 && (
        <div className={bar.news} role="status">
          {words.newer(newer)}
          <Button look="link" onClick={() => onGo(null)}>
            {words.show} <Kbd>.</Kbd>
          </Button>
        </div>
      )}
    </>
  );
}

function GoTo({ size, onGo }: Pick<LogFilterProps, 'size' | 'onGo'>) {
  const [typed, setTyped] = useState('');
  const event = eventOf(typed.trim());
  const known = event !== null && event < size;
  const go = (submitted: React.FormEvent): void => {
    submitted.preventDefault();
    if (known) onGo(event);
  };
  return (
    <form className={`${bar.choice} ${styles.goTo}`} onSubmit={go}>
      <label htmlFor="log-go">{words.goTo}</label>
      <input
        id="log-go"
        inputMode="numeric"
        size={8}
        maxLength={15}
        value={typed}
        aria-invalid={typed.trim() !== '' && !known}
        aria-describedby="log-go-said"
        onChange={({ target }) => setTyped(target.value)}
      />
      <span id="log-go-said" className={styles.wrong} role="status">
        {typed.trim() !== '' && !known ? words.noEvent(typed.trim().slice(0, 15)) : ''}
      </span>
    </form>
  );
}

import { IconCircleCheck, IconCircleX, IconLoader2, IconPlayerStop } from '@tabler/icons-react';
import type { Job } from '../../../shared/contract/job.ts';
import styles from './jobs.module.css';
import { JOBS_WORDS } from './words.ts';

const ICONS = { running: IconLoader2, done: IconCircleCheck, failed: IconCircleX, cancelled: IconPlayerStop };

/** How a job stands, as glyph and word. It is never green: green means that a check verified. */
export function JobStateSign({ state }: { state: Job['state'] }) {
  const Icon = ICONS[state];
  return (
    <span className={styles.state} data-state={state}>
      <Icon size={14} aria-hidden="true" />
      {JOBS_WORDS.state[state]}
    </span>
  );
}

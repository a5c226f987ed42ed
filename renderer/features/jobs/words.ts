import { numberText } from '../../components/numbers.ts';

/** The sentences of long work. */
export const JOBS_WORDS = {
  state: { running: 'Running', done: 'Done', failed: 'Failed', cancelled: 'Stopped' },
  progress: (done: number, total: number | null, unit: string) =>
    total === null ? `${numberText(done)} ${unit} so far` : `${numberText(done)} of ${numberText(total)} ${unit}`,
  stopping: 'Stopping after the current step…',
} as const;

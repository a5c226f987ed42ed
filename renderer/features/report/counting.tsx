import type { ReportProgress } from '../../../shared/contract/report.ts';
import { Loading } from '../../components/loading.tsx';
import styles from './report.module.css';
import { words } from './words.ts';

/** How far the counting is. */
export function Counting({ progress }: { progress: ReportProgress | null }) {
  if (progress === null) return <Loading />;
  const { days, of, found } = progress;
  return (
    <p className={styles.counting} aria-live="off">
      <progress max={of} value={days} aria-label={words.title} />
      {words.counting(days, of, found)}
    </p>
  );
}

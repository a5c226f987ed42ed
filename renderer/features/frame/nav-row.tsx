import type { TablerIcon } from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import { Link } from '../../components/link.tsx';
import styles from './sidebar.module.css';

interface RowProps {
  readonly icon: TablerIcon;
  readonly label: string;
  readonly folded: boolean;
  /** Exact to 9,999. */
  readonly count?: number | undefined;
}

/** A way to a screen. It is the current one when path and query lead where this does; searches and cursors aside. */
export function NavLink({ to, ...row }: RowProps & { to: string }) {
  const here = useRouterState({
    select: ({ location }) => sameScreen(location.pathname, (location.search as { view?: string }).view, to),
  });
  return (
    <Link
      to={to}
      className={styles.row}
      aria-current={here ? 'page' : undefined}
      title={row.folded ? row.label : undefined}
    >
      <RowWords {...row} />
    </Link>
  );
}

export function NavButton({ onClick, ...row }: RowProps & { onClick: () => void }) {
  return (
    <button type="button" className={styles.row} onClick={onClick} title={row.folded ? row.label : undefined}>
      <RowWords {...row} />
    </button>
  );
}

function RowWords({ icon: Icon, label, folded, count }: RowProps) {
  return (
    <>
      <Icon size={16} aria-hidden="true" className={styles.icon} />
      <span className={folded ? 'visually-hidden' : styles.label}>{label}</span>
      {count !== undefined && <span className={folded ? 'visually-hidden' : styles.count}>{countText(count)}</span>}
    </>
  );
}

const whole = new Intl.NumberFormat('en-GB');

/** Counts are exact to 9,999; beyond that `9,999+`. */
export function countText(n: number): string {
  return n > 9999 ? `${whole.format(9999)}+` : whole.format(n);
}

function sameScreen(pathname: string, view: string | undefined, to: string): boolean {
  const target = new URL(to, 'http://desk');
  const path = decodeURIComponent(target.pathname);
  const inside = path.includes('/settings/') ? '/settings/' : path.endsWith('/imports') ? '/imports' : null;
  if (inside !== null) return pathname.includes(inside);
  if (path.endsWith('/log')) return `${decodeURIComponent(pathname)}/`.startsWith(`${path}/`);
  return decodeURIComponent(pathname) === path && (view ?? null) === target.searchParams.get('view');
}

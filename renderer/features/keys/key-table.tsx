import type { ReactNode } from 'react';
import { Fingerprint } from '../../components/fingerprint.tsx';
import styles from './keys.module.css';
import { words } from './words.ts';

/** A table of keys with the columns that all of them have; what stands in for rows and notes comes after. */
export function KeyTable({ label, children, foot }: { label: string; children: ReactNode; foot?: ReactNode }) {
  const { columns } = words;
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{columns.purpose}</th>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.fingerprint}</th>
            <th scope="col">{columns.valid}</th>
            <th scope="col">{columns.status}</th>
            <th scope="col">
              <span className="visually-hidden">{columns.more}</span>
            </th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
      {foot}
    </div>
  );
}

interface KeyRowProps {
  readonly purpose: string;
  readonly name: ReactNode;
  readonly does: string;
  readonly fingerprint: string;
  readonly valid: string;
  readonly status: ReactNode;
  /** What can be done with it. */
  readonly children: ReactNode;
  readonly waits?: boolean;
}

export function KeyRow({ purpose, name, does, fingerprint, valid, status, children, waits = false }: KeyRowProps) {
  return (
    <tr data-waits={waits || undefined}>
      <td>
        <code>{purpose}</code>
      </td>
      <td>
        <span className={styles.name}>{name}</span>
        <span className={styles.quiet}>{does}</span>
      </td>
      <td>
        <Fingerprint value={fingerprint} />
      </td>
      <td>{valid}</td>
      {waits ? (
        <td colSpan={2} className={styles.waitingCell}>
          {status}
          {children}
        </td>
      ) : (
        <>
          <td>{status}</td>
          <td className={styles.acts}>{children}</td>
        </>
      )}
    </tr>
  );
}

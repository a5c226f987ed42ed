import { Menu } from '@mantine/core';
import { IconSelector } from '@tabler/icons-react';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { useGo } from '../../components/link.tsx';
import { useDeskInfo, usePlace } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import styles from './tenant-switch.module.css';

/** Whose ledger is shown; choosing another changes everything. It shows names and no counts: nothing crosses tenants. */
export function TenantSwitch({ tenant, folded }: { tenant: string | null; folded: boolean }) {
  const place = usePlace();
  const go = useGo();
  const tenants = useDeskInfo()?.tenants ?? [];
  return (
    <Menu position="bottom-start" width={240} disabled={tenants.length === 0}>
      <Menu.Target>
        <button type="button" className={styles.target}>
          <span className="visually-hidden">Tenant: {folded && (tenant ?? 'none')}</span>
          <span className={styles.letter} aria-hidden="true">
            {letterOf(tenant)}
          </span>
          {!folded && (
            <>
              <span className={styles.name}>{tenant === null ? 'No tenant yet' : <AgentLine text={tenant} />}</span>
              <IconSelector size={16} aria-hidden="true" className={styles.arrows} />
            </>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown className={styles.list}>
        <Menu.Label>Tenants</Menu.Label>
        {tenants.map((name) => (
          <Menu.Item key={name} onClick={() => go(paths.queue(place, name))} data-current={name === tenant}>
            <AgentLine text={name} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function letterOf(tenant: string | null): string {
  return /^[\p{L}\p{N}]/u.exec(tenant ?? '')?.[0].toUpperCase() ?? '·';
}

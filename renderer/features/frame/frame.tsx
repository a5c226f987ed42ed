import { Outlet, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { useKeys } from '../../components/keys.ts';
import { useGo } from '../../components/link.tsx';
import { usePlace, useTransport } from '../../queries/desk-context.tsx';
import { useNotices } from '../../queries/notices.ts';
import { paths } from '../../queries/paths.ts';
import { KeyboardHelp } from '../help/keyboard-help.tsx';
import { DropAnywhere } from '../imports/drop-anywhere.tsx';
import { ImportDialog } from '../imports/import-dialog.tsx';
import { openPalette, Palette } from '../palette/palette.tsx';
import { DroppedDialog } from '../verify/dropped-dialog.tsx';
import { DeskGate } from './desk-gate.tsx';
import styles from './frame.module.css';
import { HoldBar } from './hold-bar.tsx';
import { moveRegion } from './regions.ts';
import { Scrim } from './scrim.tsx';
import { Sidebar } from './sidebar.tsx';
import { StandingBars } from './standing-bars.tsx';
import { StatusBar } from './status-bar.tsx';
import { useShownTenant } from './use-shown-tenant.ts';
import { useSidebar } from './use-sidebar.ts';

/** Everything around a screen: sidebar, bars, status, what floats. The first run stands alone. */
export function Frame() {
  const { link } = useTransport();
  const place = usePlace();
  useNotices('main', true);
  useNotices('sample', place === 'sample');
  const bare = useRouterState({ select: ({ location }) => ['/', '/welcome'].includes(location.pathname) });
  return (
    <>
      {bare ? <Outlet /> : <Around />}
      <Scrim link={link} />
    </>
  );
}

function Around() {
  const sidebar = useSidebar();
  const tenant = useShownTenant();
  const [help, setHelp] = useState(false);
  useFrameKeys(tenant, sidebar.toggle, () => setHelp(true));
  return (
    <div className={styles.frame} data-sidebar={sidebar.form}>
      <Sidebar form={sidebar.form} tenant={tenant} onHelp={() => setHelp(true)} />
      <div className={styles.column}>
        <StandingBars />
        <main className={styles.main} tabIndex={-1} data-region>
          <DeskGate>
            <Outlet />
          </DeskGate>
          <DropAnywhere />
        </main>
        {tenant !== null && <HoldBar tenant={tenant} />}
      </div>
      <StatusBar />
      <Palette tenant={tenant} onHelp={() => setHelp(true)} />
      <KeyboardHelp opened={help} onClose={() => setHelp(false)} />
      <ImportDialog />
      <DroppedDialog />
    </div>
  );
}

const VIEW_KEYS = ['all', 'claimed', 'due', 'failed', 'deceptive', 'past'] as const;

function useFrameKeys(tenant: string | null, toggleSidebar: () => void, help: () => void): void {
  const go = useGo();
  const place = usePlace();
  const inTenant = (to: (tenant: string) => string) => () => {
    if (tenant !== null) go(to(tenant));
  };
  const views = VIEW_KEYS.map((view, at) => [
    `g ${at + 1}`,
    inTenant((name) => paths.queue(place, name, view === 'all' ? {} : { view })),
  ]);
  useKeys({
    'g q': inTenant((name) => paths.queue(place, name)),
    'g l': inTenant((name) => paths.ledger(place, name)),
    'g u': inTenant((name) => paths.log(place, name)),
    'g i': () => go(paths.imports(place)),
    'g e': inTenant((name) => paths.exports(place, name)),
    'g s': () => go(paths.settings(place)),
    ...Object.fromEntries(views),
    'mod+k': openPalette,
    'mod+shift+f': inTenant((name) => paths.ledger(place, name, { focus: 'search' })),
    '[': toggleSidebar,
    '?': help,
    F6: () => moveRegion(1),
    'shift+F6': () => moveRegion(-1),
  });
}

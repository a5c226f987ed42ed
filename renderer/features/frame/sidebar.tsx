import {
  IconAlertOctagon,
  IconBook2,
  IconClock,
  IconClockX,
  IconEyeOff,
  IconFileExport,
  IconFileImport,
  IconInbox,
  IconKeyboard,
  IconMenu2,
  IconSearch,
  IconSettings,
  IconTimeline,
  IconUserCheck,
} from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import type { Counts } from '../../../shared/contract/queue.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { MOD_NAME, useKeys } from '../../components/keys.ts';
import { useCounts } from '../../queries/counts.ts';
import { usePlace } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import type { Place } from '../../queries/query-client.ts';
import { useUrgencyMinutes } from '../../queries/tenant-settings.ts';
import { openPalette } from '../palette/palette.tsx';
import { NavButton, NavLink } from './nav-row.tsx';
import styles from './sidebar.module.css';
import { StoreGlyph } from './status-bar.tsx';
import { TenantSwitch } from './tenant-switch.tsx';
import type { SidebarForm } from './use-sidebar.ts';
import { FRAME_WORDS } from './words.ts';

interface SidebarProps {
  readonly form: SidebarForm;
  readonly tenant: string | null;
  readonly onHelp: () => void;
}

/** Ways to every screen, with the counts of the tenant; in a menu where the window is narrow. */
export function Sidebar({ form, tenant, onHelp }: SidebarProps) {
  const inMenu = form === 'menu';
  const address = useRouterState({ select: ({ location }) => location.href });
  // The menu stands open at one address only: any way taken in it closes it.
  const [openAt, setOpenAt] = useState<string | null>(null);
  const open = openAt === address;
  const setOpen = (next: boolean): void => setOpenAt(next ? address : null);
  useKeys({ Escape: () => setOpen(false) }, { when: inMenu && open });
  return (
    <div className={styles.place} data-form={form}>
      {inMenu && (
        <header className={styles.top}>
          <IconButton
            label={open ? 'Close the menu' : 'Open the menu'}
            icon={IconMenu2}
            onClick={() => setOpen(!open)}
          />
          {tenant !== null && <AgentLine text={tenant} className={styles.topName} />}
          <StoreGlyph />
        </header>
      )}
      {(!inMenu || open) && (
        <nav className={styles.sidebar} data-region aria-label="Desk">
          <Ways tenant={tenant} folded={form === 'folded'} onHelp={onHelp} />
        </nav>
      )}
    </div>
  );
}

function Ways({ tenant, folded, onHelp }: { tenant: string | null; folded: boolean; onHelp: () => void }) {
  const place = usePlace();
  const words = FRAME_WORDS.nav;
  return (
    <>
      <TenantSwitch tenant={tenant} folded={folded} />
      <button type="button" className={styles.search} onClick={openPalette}>
        <IconSearch size={16} aria-hidden="true" />
        <span className={folded ? 'visually-hidden' : undefined}>{FRAME_WORDS.searchOrRun}</span>
        {!folded && <Kbd>{`${MOD_NAME} K`}</Kbd>}
      </button>
      {tenant !== null && <TenantWays place={place} tenant={tenant} folded={folded} />}
      <NavLink icon={IconFileImport} label={words.imports} to={paths.imports(place)} folded={folded} />
      {tenant !== null && (
        <NavLink icon={IconFileExport} label={words.exports} to={paths.exports(place, tenant)} folded={folded} />
      )}
      <div className={styles.space} />
      <NavLink icon={IconSettings} label={words.settings} to={paths.settings(place)} folded={folded} />
      <NavButton icon={IconKeyboard} label={words.keyboard} onClick={onHelp} folded={folded} />
    </>
  );
}

const VIEWS = [
  { view: 'due', icon: IconClock },
  { view: 'failed', icon: IconAlertOctagon },
  { view: 'deceptive', icon: IconEyeOff },
  { view: 'past', icon: IconClockX },
] as const;

function TenantWays({ place, tenant, folded }: { place: Place; tenant: string; folded: boolean }) {
  const words = FRAME_WORDS.nav;
  const counts = useCounts(tenant);
  const minutes = useUrgencyMinutes(tenant);
  const queue = (view?: keyof Counts) => paths.queue(place, tenant, { view });
  return (
    <>
      <NavLink icon={IconInbox} label={words.queue} to={queue()} count={counts?.active} folded={folded} />
      <NavLink
        icon={IconUserCheck}
        label={words.claimed}
        to={queue('claimed')}
        count={counts?.claimed}
        folded={folded}
      />
      <Heading folded={folded}>{words.views}</Heading>
      {VIEWS.map(({ view, icon }) => (
        <NavLink
          key={view}
          icon={icon}
          label={view === 'due' ? words.dueIn(minutes.warn) : words[view]}
          to={queue(view)}
          count={counts?.[view]}
          folded={folded}
        />
      ))}
      <Heading folded={folded}>{words.records}</Heading>
      <NavLink icon={IconBook2} label={words.ledger} to={paths.ledger(place, tenant)} folded={folded} />
      <NavLink icon={IconTimeline} label={words.log} to={paths.log(place, tenant)} folded={folded} />
    </>
  );
}

function Heading({ children, folded }: { children: string; folded: boolean }) {
  return folded ? <hr className={styles.rule} /> : <h2 className={styles.heading}>{children}</h2>;
}

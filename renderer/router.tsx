import { type AnyRoute, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { EscalationPage } from './features/escalation/escalation-page.tsx';
import { ExportPage } from './features/exports/export-page.tsx';
import { ExportsPage } from './features/exports/exports-page.tsx';
import { Frame } from './features/frame/frame.tsx';
import { NotFound } from './features/frame/not-found.tsx';
import { Start } from './features/frame/start.tsx';
import { ImportReport } from './features/imports/import-report.tsx';
import { ImportsPage } from './features/imports/imports-page.tsx';
import { LogPage } from './features/log/log-page.tsx';
import { LedgerPage } from './features/queue/ledger-page.tsx';
import { QueuePage } from './features/queue/queue-page.tsx';
import { ReportPage } from './features/report/report-page.tsx';
import { SettingsPage } from './features/settings/settings-page.tsx';
import { WelcomePage } from './features/welcome/welcome-page.tsx';
import { parseSearch, stringifySearch } from './queries/paths.ts';

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });

/** The screens of one ledger; the sample has the same under `/sample`. */
function ledgerScreens(getParentRoute: () => AnyRoute, base: '' | '/sample') {
  const screen = (path: string, component: () => React.ReactNode) =>
    createRoute({ getParentRoute, path: `${base}${path}`, component });
  return [
    screen('/t/$tenant/queue', QueuePage),
    screen('/t/$tenant/e', EscalationPage),
    screen('/t/$tenant/ledger', LedgerPage),
    screen('/t/$tenant/log/{-$event}', LogPage),
    screen('/t/$tenant/exports', ExportsPage),
    screen('/t/$tenant/exports/$job', ExportPage),
    screen('/t/$tenant/report', ReportPage),
    screen('/imports', ImportsPage),
    screen('/imports/$job', ImportReport),
    screen('/settings/$part', SettingsPage),
  ];
}

const routeTree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/', component: Start }),
  createRoute({ getParentRoute: () => root, path: '/welcome', component: WelcomePage }),
  ...ledgerScreens(() => root, ''),
  ...ledgerScreens(() => root, '/sample'),
]);

/** The desk's screens by their addresses; the query of an address is plain text throughout. */
export const router = createRouter({ routeTree, parseSearch, stringifySearch, defaultPreload: false });

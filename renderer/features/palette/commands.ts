import { useMantineColorScheme } from '@mantine/core';
import { useGo } from '../../components/link.tsx';
import { usePlace } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { useStartImport } from '../imports/use-start-import.ts';
import type { PALETTE_WORDS } from './words.ts';

export interface Command {
  readonly name: keyof typeof PALETTE_WORDS.command;
  readonly keys: readonly string[];
  readonly run: () => void;
}

/** All that can be run from the palette. None decides anything. */
export function useCommands(tenant: string | null, help: () => void): readonly Command[] {
  const go = useGo();
  const place = usePlace();
  const { pick } = useStartImport();
  const { setColorScheme } = useMantineColorScheme();
  const inTenant: Command[] =
    tenant === null
      ? []
      : [
          { name: 'queue', keys: ['G', 'Q'], run: () => go(paths.queue(place, tenant)) },
          { name: 'claimed', keys: ['G', '2'], run: () => go(paths.queue(place, tenant, { view: 'claimed' })) },
          { name: 'due', keys: ['G', '3'], run: () => go(paths.queue(place, tenant, { view: 'due' })) },
          { name: 'deceptive', keys: ['G', '4'], run: () => go(paths.queue(place, tenant, { view: 'deceptive' })) },
          { name: 'past', keys: ['G', '5'], run: () => go(paths.queue(place, tenant, { view: 'past' })) },
          { name: 'ledger', keys: ['G', 'L'], run: () => go(paths.ledger(place, tenant)) },
          { name: 'log', keys: ['G', 'U'], run: () => go(paths.log(place, tenant)) },
          { name: 'exports', keys: ['G', 'E'], run: () => go(paths.exports(place, tenant)) },
          { name: 'report', keys: [], run: () => go(paths.report(place, tenant)) },
          { name: 'export', keys: [], run: () => go(`${paths.exports(place, tenant)}?new=1`) },
        ];
  return [
    ...inTenant,
    { name: 'imports', keys: ['G', 'I'], run: () => go(paths.imports(place)) },
    { name: 'import', keys: [], run: pick },
    { name: 'settings', keys: ['G', 'S'], run: () => go(paths.settings(place)) },
    { name: 'keyboard', keys: ['?'], run: help },
    { name: 'light', keys: [], run: () => setColorScheme('light') },
    { name: 'dark', keys: [], run: () => setColorScheme('dark') },
    { name: 'auto', keys: [], run: () => setColorScheme('auto') },
  ];
}

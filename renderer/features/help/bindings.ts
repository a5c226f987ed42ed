import { MOD_NAME } from '../../components/keys.ts';

interface Binding {
  readonly keys: readonly string[];
  readonly does: string;
}

/** What the keys do, as the keyboard help shows it, by where they act. */
export const BINDINGS: readonly { readonly where: string; readonly bindings: readonly Binding[] }[] = [
  {
    where: 'In a list, on an escalation',
    bindings: [
      { keys: ['J', 'K', '↓', '↑'], does: 'next, previous' },
      { keys: ['Enter', 'O'], does: 'open' },
      { keys: ['Esc', 'U'], does: 'close, clear; back' },
      { keys: ['X', 'Space'], does: 'select; Shift with ↓ ↑ extends' },
      { keys: [`${MOD_NAME} A`], does: 'select the loaded rows' },
      { keys: ['Home', 'End', 'PgUp', 'PgDn'], does: 'first, last, a page' },
      { keys: ['C'], does: 'claim, release' },
      { keys: ['P'], does: 'preview' },
      { keys: ['.'], does: 'show changes' },
      { keys: ['Y'], does: 'copy the id' },
      { keys: ['/', 'F'], does: 'search; filter' },
    ],
  },
  {
    where: 'Deciding',
    bindings: [
      { keys: ['A', 'R', 'W'], does: 'form to approve, reject, withdraw' },
      { keys: [`${MOD_NAME} Enter`], does: 'commit the open form' },
      { keys: ['Z'], does: 'undo the newest hold' },
      { keys: ['V'], does: 'all bytes and details' },
      { keys: ['E'], does: 'attach evidence' },
    ],
  },
  {
    where: 'Anywhere',
    bindings: [
      { keys: [`${MOD_NAME} K`], does: 'palette' },
      { keys: ['?'], does: 'this help' },
      { keys: ['G', 'Q'], does: 'go to the queue' },
      { keys: ['G', 'L'], does: 'go to the ledger' },
      { keys: ['G', 'U'], does: 'go to the audit log' },
      { keys: ['G', 'I'], does: 'go to imports' },
      { keys: ['G', 'E'], does: 'go to exports' },
      { keys: ['G', 'S'], does: 'go to settings' },
      { keys: ['G', '1 to 5'], does: 'the views' },
      { keys: [`${MOD_NAME} Shift F`], does: 'search the ledger' },
      { keys: ['['], does: 'fold the sidebar' },
      { keys: ['F6', 'Shift F6'], does: 'next, previous region' },
    ],
  },
];

import { useEffect, useRef } from 'react';

/**
 * Keys by what they are written as: `j`, `?`, `Enter`, `Escape`, `ArrowDown`, `mod+k`, `mod+Enter`, `shift+ArrowUp`,
 * and two in a row, `g q`. `mod` is Ctrl, on macOS Cmd.
 */
export type Bindings = { readonly [key: string]: (event: KeyboardEvent) => void };

interface Layer {
  readonly bindings: () => Bindings;
  readonly insideDialog: boolean;
}

const MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
const CHORD_MS = 1500;
const OFF_KEY = 'desk-single-keys';

/** How `mod` is written on this computer. */
export const MOD_NAME = MAC ? 'Cmd' : 'Ctrl';

/** Whether single keys act at all; a person can turn them off (WCAG 2.1.4). */
export function singleKeysOn(): boolean {
  return localStorage.getItem(OFF_KEY) !== 'off';
}

export function turnSingleKeys(on: boolean): void {
  localStorage.setItem(OFF_KEY, on ? 'on' : 'off');
}

/** The event as a binding's name. A letter with Shift is `shift+`; what Shift makes of another key is that sign. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey'>): string {
  const mod = MAC ? event.metaKey : event.ctrlKey;
  const letter = /^[a-z]$/i.test(event.key);
  const key = event.key === ' ' ? 'Space' : letter ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && (letter || event.key.length > 1);
  return `${mod ? 'mod+' : ''}${shift ? 'shift+' : ''}${key}`;
}

interface Options {
  /** false: the bindings rest. */
  readonly when?: boolean;
  /** An open dialog holds back the page's keys; the keys of what is inside it set this. */
  readonly insideDialog?: boolean;
}

/**
 * Binds keys while the component is shown; of two that bind the same key, the one shown last has it. Single keys act
 * with the focus in a list or on the page, never in a field and not behind a dialog; those with `mod`, and Escape, also
 * in fields.
 */
export function useKeys(bindings: Bindings, { when = true, insideDialog = false }: Options = {}): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(
    () => (when ? addLayer({ bindings: () => latest.current, insideDialog }) : undefined),
    [when, insideDialog],
  );
}

const layers: Layer[] = [];
let chord: { readonly first: string; readonly until: number } | null = null;

function addLayer(layer: Layer): () => void {
  if (layers.length === 0) {
    document.addEventListener('keydown', actFirst, { capture: true });
    document.addEventListener('keydown', act);
  }
  layers.push(layer);
  return () => {
    layers.splice(layers.indexOf(layer), 1);
    if (layers.length > 0) return;
    document.removeEventListener('keydown', actFirst, { capture: true });
    document.removeEventListener('keydown', act);
  };
}

/** What has `mod` comes before the controls: a list box would take Ctrl+Enter for Enter. */
function actFirst(event: KeyboardEvent): void {
  if (!keyName(event).startsWith('mod+')) return;
  act(event);
  if (event.defaultPrevented) event.stopPropagation();
}

function act(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const name = keyName(event);
  if (heldBack(name, event.target)) return;
  const behindDialog = document.querySelector('[role=dialog][aria-modal=true], dialog:modal') !== null;
  const active = layers.filter(({ insideDialog }) => insideDialog || !behindDialog).map(({ bindings }) => bindings());
  const whole = chord !== null && event.timeStamp < chord.until ? `${chord.first} ${name}` : name;
  chord = null;
  const found = active.findLast((bindings) => bindings[whole] !== undefined)?.[whole];
  if (found !== undefined) {
    event.preventDefault();
    found(event);
  } else if (active.some((bindings) => Object.keys(bindings).some((key) => key.startsWith(`${name} `)))) {
    chord = { first: name, until: event.timeStamp + CHORD_MS };
  }
}

function heldBack(name: string, target: EventTarget | null): boolean {
  const everywhere = (name.startsWith('mod+') && name !== 'mod+a') || name === 'Escape' || name.endsWith('F6');
  if (everywhere || !(target instanceof HTMLElement)) return !everywhere && name.length === 1 && !singleKeysOn();
  if (name.length === 1 && !singleKeysOn()) return true;
  if (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select')) return true;
  const forControl = name === 'Enter' || name === 'Space';
  return forControl && target.closest('button, a, input, [role=option], [role=menuitem]') !== null;
}

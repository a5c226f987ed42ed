import { useSyncExternalStore } from 'react';
import type { StagedFile } from '../../transport/transport.ts';

/** Files on their way in: being taken by the host, or waiting for the person to say how. */
export interface Incoming {
  readonly state: 'idle' | 'staging' | 'ready' | 'failed';
  readonly files: readonly StagedFile[];
  readonly error: unknown;
}

const IDLE: Incoming = { state: 'idle', files: [], error: null };
let incoming = IDLE;
const listeners = new Set<() => void>();

function become(next: Incoming): void {
  incoming = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Has the host take files; then the import dialog asks what to do with them. Without files nothing happens. */
export async function bringIn(stage: () => Promise<readonly StagedFile[]>): Promise<void> {
  become({ ...IDLE, state: 'staging' });
  try {
    const files = await stage();
    become(files.length === 0 ? IDLE : { state: 'ready', files, error: null });
  } catch (error) {
    become({ state: 'failed', files: [], error });
  }
}

export function forgetIncoming(): void {
  become(IDLE);
}

export function useIncoming(): Incoming {
  return useSyncExternalStore(subscribe, () => incoming);
}

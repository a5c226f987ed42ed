import { useState, useSyncExternalStore } from 'react';

const key = (jobId: string): string => `desk-export-${jobId}`;
const listeners = new Set<() => void>();

function change(write: () => void): void {
  write();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps, over a reload, under which staged target an export's file can be fetched once. */
export function keepTarget(jobId: string, staged: string): void {
  change(() => sessionStorage.setItem(key(jobId), staged));
}

/** Forgets it: the file has been fetched. */
export function dropTarget(jobId: string): void {
  change(() => sessionStorage.removeItem(key(jobId)));
}

/**
 * The staged target of an export, which may become known only after its job is on screen; null until then, and after a
 * reload when the file had been fetched. Once known it stays while shown, for what else can be fetched.
 */
export function useTarget(jobId: string): string | null {
  const kept = useSyncExternalStore(subscribe, () => sessionStorage.getItem(key(jobId)));
  const [known, setKnown] = useState(kept);
  if (kept !== null && kept !== known) setKnown(kept);
  return known;
}

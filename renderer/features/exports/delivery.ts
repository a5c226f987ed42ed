const key = (jobId: string): string => `desk-export-${jobId}`;

/** Keeps, over a reload, under which staged target an export's file can be fetched once. */
export function keepTarget(jobId: string, staged: string): void {
  sessionStorage.setItem(key(jobId), staged);
}

export function keptTarget(jobId: string): string | null {
  return sessionStorage.getItem(key(jobId));
}

export function dropTarget(jobId: string): void {
  sessionStorage.removeItem(key(jobId));
}

export function isStale(root: string): boolean;
export function hashOfInputs(root: string): string;

export function electronRuntime(root: string): string | undefined;
export function whyNoWindow(root: string): string | undefined;

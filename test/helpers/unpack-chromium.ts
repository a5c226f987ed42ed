// Run by chromium.ts in a process of its own: the package decides by its environment, at import, where to unpack.
import chromium from '@sparticuz/chromium';

await chromium.executablePath();

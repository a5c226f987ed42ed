import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type LaunchOptions } from '@playwright/test';
import { projectRoot } from './project-root.ts';

// What makes screenshots the same everywhere: no hinting by the machine's font settings, and its own software rendering.
const ARGS = ['--font-render-hinting=none', '--force-color-profile=srgb', '--hide-scrollbars'];

/**
 * How to start a headless Chromium on this machine: on Linux x64 the one inside an npm package (unpacked once into
 * .cache/, nothing is downloaded), elsewhere Playwright's own where it is installed, else the installed Chrome.
 */
export function chromiumLaunchOptions(): LaunchOptions {
  if (process.platform === 'linux' && process.arch === 'x64') return packagedChromium();
  return existsSync(chromium.executablePath()) ? { args: ARGS } : { args: ARGS, channel: 'chrome' };
}

function packagedChromium(): LaunchOptions {
  const folder = unpackedChromium();
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  return {
    executablePath: join(folder, 'chromium'),
    args: [...ARGS, '--disable-gpu'],
    env: {
      ...definedEnvironment(),
      LD_LIBRARY_PATH: libraries,
      FONTCONFIG_PATH: join(folder, 'fonts'),
      TMPDIR: temporary,
    },
  };
}

/** Unpacks beside the final folder and renames, so that no second process ever starts half a browser. */
function unpackedChromium(): string {
  const manifest = join(projectRoot, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const folder = join(projectRoot, '.cache', `chromium-${version}`);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}-${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  // The package takes its target folder from TMPDIR, and unpacks its libraries only where it believes to be on Lambda.
  execFileSync(process.execPath, [join(import.meta.dirname, 'unpack-chromium.ts')], {
    env: { ...process.env, TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  writeFileSync(join(fresh, 'fonts', 'fonts.conf'), fontsConfig(join(folder, 'fonts')));
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** The package's own file looks in Lambda's folders; ours looks beside itself, then at the machine's fonts. */
function fontsConfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
</fontconfig>
`;
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

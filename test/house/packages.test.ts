import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KNIP, makeOverlay, type Overlay } from './overlay.ts';

const PACKAGES = 'scripts/check-packages.mjs';

let overlay: Overlay;

beforeAll(() => {
  overlay = makeOverlay();
  overlay.write('shared/parts.ts', "export const used = 'used';\n\nexport const plantedExport = 'unused';\n");
  overlay.write('shared/planted-file.ts', "export const nobody = 'imports this';\n");
  overlay.write(
    'electron/hosts/cli/main.ts',
    "import { z } from 'zod';\nimport { used } from '../../../shared/parts.ts';\n\nz.string().parse(used);\n",
  );
});
afterAll(() => overlay.close());

type Manifest = { dependencies: Record<string, string> };

function editJson<T>(path: string, edit: (value: T) => void): void {
  const value = JSON.parse(overlay.read(path)) as T;
  edit(value);
  overlay.write(path, JSON.stringify(value, null, 2));
}

describe('unused code is refused by name', () => {
  test('an export, a file and a dependency that nobody uses, and not those that are used', () => {
    editJson<Manifest>('package.json', (manifest) => {
      manifest.dependencies['planted-dependency'] = '1.0.0';
    });
    const { code, output } = overlay.run(KNIP, '--no-progress');
    expect(code).not.toBe(0);
    expect(output).toMatch(/plantedExport\s+shared\/parts\.ts/);
    expect(output).toMatch(/^shared\/planted-file\.ts/m);
    expect(output).toMatch(/^planted-dependency\s+package\.json/m);
    expect(output).not.toMatch(/^zod\s+package\.json/m);
    expect(output).not.toMatch(/^used\s/m);
  });
});

describe('the lockfile and the versions', () => {
  test('of this repository pass', () => {
    const clean = makeOverlay();
    const answer = clean.run(PACKAGES);
    clean.close();
    expect(answer).toMatchObject({ code: 0, output: '' });
  });

  test('an address in the lockfile is refused by the name of its package', () => {
    const before = overlay.read('package-lock.json');
    editJson<{ packages: Record<string, Record<string, string>> }>('package-lock.json', ({ packages }) => {
      Object.assign(packages['node_modules/zod'] ?? {}, { resolved: 'https://registry.example/zod.tgz' });
    });
    const { code, output } = overlay.run(PACKAGES);
    overlay.write('package-lock.json', before);
    expect(code).not.toBe(0);
    expect(output).toContain('node_modules/zod has an address');
  });

  test('a package without its hash is refused', () => {
    const before = overlay.read('package-lock.json');
    editJson<{ packages: Record<string, Record<string, string>> }>('package-lock.json', ({ packages }) => {
      delete packages['node_modules/zod']?.integrity;
    });
    const { code, output } = overlay.run(PACKAGES);
    overlay.write('package-lock.json', before);
    expect(code).not.toBe(0);
    expect(output).toContain('node_modules/zod has no integrity hash');
  });

  test('a package of another platform that is not locked is refused: npm ci would fail', () => {
    const before = overlay.read('package-lock.json');
    editJson<{ packages: Record<string, unknown> }>('package-lock.json', ({ packages }) => {
      delete packages['node_modules/@biomejs/cli-win32-x64'];
    });
    const { code, output } = overlay.run(PACKAGES);
    overlay.write('package-lock.json', before);
    expect(code).not.toBe(0);
    expect(output).toContain('node_modules/@biomejs/biome needs @biomejs/cli-win32-x64, which is not locked');
  });

  test.each(['^1.0.0', '~1.0.0', 'latest', '1.x', '*'])('a version that floats is refused: %s', (version) => {
    const before = overlay.read('package.json');
    editJson<Manifest>('package.json', (manifest) => {
      manifest.dependencies.planted = version;
    });
    const { code, output } = overlay.run(PACKAGES);
    overlay.write('package.json', before);
    expect(code).not.toBe(0);
    expect(output).toContain(`planted is "${version}"`);
  });
});

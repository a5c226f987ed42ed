import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dropOwner, isAlive, isRunning, newOwner } from '../../electron/desk/owner.ts';
import { privateFolder } from '../../electron/desk/private-folder.ts';
import { makeStaging } from '../../electron/desk/staging.ts';
import { temporaryHome } from '../hosts/test-desk.ts';

/** The number of a process that has ended. */
function deadProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

describe('who is alive', () => {
  it('an owner lives from its making to its end, and no longer', () => {
    const owner = newOwner();
    expect(isAlive(owner)).toBe(true);
    dropOwner(owner);
    expect(isAlive(owner)).toBe(false);
  });

  it('a desk of a process that has ended is dead, one of another living process is not', () => {
    expect(isAlive(`${deadProcess()}::x`)).toBe(false);
    expect(isAlive(`${process.ppid}::x`)).toBe(true);
  });

  it.skipIf(process.platform !== 'linux')('a process that got the number of a dead one is not taken for it', () => {
    expect(isAlive(`${process.ppid}:1:x`)).toBe(false);
  });

  it.each(['', 'x', '-1::x', '0::x', '1.5::x', '99999999999999999999::x'])(
    'a name that is none is dead (%j)',
    (owner) => {
      expect(isAlive(owner)).toBe(false);
    },
  );

  it('no number but a living process’s runs', () => {
    expect([isRunning(process.pid), isRunning(0), isRunning(-1), isRunning(Number.NaN)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('what a host keeps on disk', () => {
  let home: ReturnType<typeof temporaryHome>;

  beforeEach(() => {
    home = temporaryHome();
  });
  afterEach(() => home.remove());

  it('a private folder is new, and those of dead processes are removed with what is in them', () => {
    const left = join(home.path, `browser-${deadProcess()}-abc`);
    const others = [`browser-${process.ppid}-abc`, `other-${deadProcess()}-abc`, 'browser-notes', 'browser'];
    for (const name of [left, ...others.map((other) => join(home.path, other))]) mkdirSync(name);
    writeFileSync(join(left, 'secret'), 'x');
    const folder = privateFolder(home.path, 'browser');
    expect(existsSync(folder)).toBe(true);
    expect(existsSync(left)).toBe(false);
    expect(others.map((name) => existsSync(join(home.path, name)))).toEqual([true, true, true, true]);
  });

  it('a staged file is known by its id alone, and a temporary one goes when it is released or the desk closes', () => {
    const staging = makeStaging();
    const files = ['kept', 'released', 'closed'].map((name) => join(home.path, name));
    for (const file of files) writeFileSync(file, 'x');
    const [kept, released, closed] = files.map((path, n) => staging.stageSource(path, { name: 'n', temporary: n > 0 }));
    expect(() => staging.source('no such id')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(() => staging.target(kept ?? '')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(staging.source(kept ?? '')).toMatchObject({ path: files[0], name: 'n' });
    staging.release(released ?? '');
    expect(() => staging.source(released ?? '')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    staging.close();
    expect(closed).toBeDefined();
    expect(files.map((file) => existsSync(file))).toEqual([true, false, false]);
  });

  it('a target that is there is refused, but where it may be replaced', () => {
    const staging = makeStaging();
    const path = join(home.path, 'there');
    writeFileSync(path, 'x');
    expect(() => staging.stageTarget(path, { name: 'there', force: false })).toThrow(
      expect.objectContaining({ code: 'ALREADY_EXISTS' }),
    );
    expect(staging.target(staging.stageTarget(path, { name: 'there', force: true }))).toMatchObject({
      path,
      force: true,
    });
  });
});

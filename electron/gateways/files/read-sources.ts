import { lstat, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readPacketFacts } from '../../evidence/packet/packet-facts.ts';
import { looksLikeVep, MAX_PACKET_BYTES } from '../../evidence/packet/wire-form.ts';
import { needsTenant } from './ledger-tenants.ts';
import type { Outbox } from './outbox.ts';
import { readArrayFile, readObjectFile } from './read-json.ts';
import { type ReadContext, readLedger } from './read-ledger.ts';
import { ReaderFault } from './reader-fault.ts';
import type { ReadOrder } from './reader-protocol.ts';

/** A file to read, with the name to print for it. */
interface SourceFile {
  readonly path: string;
  readonly name: string;
}

const SQLITE_MAGIC = Buffer.from('SQLite format 3\0');
/** A bundle begins as a ZIP does (docs/formats/bundle.md, "Container"); whether it is one is the desk's to say. */
const ZIP_MAGIC = Buffer.from('504b0304', 'hex');
const SNIFFED_BYTES = 4096;
const MAX_FILES = 100_000;
const DATABASE_SIDES = ['-wal', '-shm', '-journal'];

/**
 * Reads all sources of an order: records first, then loose packets, which belong to records. A source that cannot be
 * read at all is refused by its name where others can; else its fault is thrown.
 */
export async function readSources(order: ReadOrder, outbox: Outbox): Promise<void> {
  const packets: SourceFile[] = [];
  const files = (await Promise.all(order.sources.map(filesOf))).flat();
  // A file that was named by itself must be read; of a folder's files one may be something else.
  const named = new Set<unknown>(order.sources);
  const faults: ReaderFault[] = [];
  let [turn, bundles] = [0, 0];
  for (const file of files) {
    turn += 1;
    const folder = join(order.folder, String(turn));
    const context: ReadContext = { outbox, asked: order.tenants, now: order.now, folder };
    try {
      const read = await readOne(file, context);
      if (read === 'packet') packets.push(file);
      if (read === 'bundle') {
        bundles += 1;
        await handOver(file, { alone: files.length === 1, named: named.has(file) }, outbox);
      }
    } catch (error) {
      const fault = asFault(error, file);
      if (files.length === 1 || (fault.needsTenant && named.has(file))) throw fault;
      faults.push(fault);
      outbox.addFinding({ source: file.name, locator: '' }, 'NOT_A_PACKET', { message: fault.message });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  await outbox.flush();
  if (faults[0] !== undefined && faults.length === files.length) throw faults[0];
  const tenants = order.tenants.length > 0 ? [...order.tenants] : outbox.tenants;
  // Whose a bundle's records are only the desk knows, which adds it.
  if (packets.length > 0 && tenants.length === 0 && bundles === 0) throw needsTenant();
  await readPackets(packets, tenants, outbox);
}

/** What came before it is in first. */
async function handOver(
  { path, name }: SourceFile,
  given: { alone: boolean; named: boolean },
  outbox: Outbox,
): Promise<void> {
  await outbox.flush();
  await outbox.deliverBundle({ source: name, path, ...given });
}

async function filesOf(source: SourceFile): Promise<SourceFile[]> {
  const found = await stat(source.path).catch(() => null);
  if (found === null) throw new ReaderFault('NOT_FOUND', `${source.name} is not there or may not be read.`);
  if (found.isFile()) return [source];
  // A pipe or a device would be waited for, or read without end.
  if (!found.isDirectory()) {
    throw new ReaderFault('INVALID_INPUT', `${source.name} is neither a file nor a folder. Nothing was imported.`);
  }
  const files: SourceFile[] = [];
  await walk(source, files);
  return files;
}

/** All plain files below a folder, by name; links are not followed, a database's own side files go with it. */
async function walk(folder: SourceFile, files: SourceFile[]): Promise<void> {
  const names = (await readdir(folder.path)).sort();
  const all = new Set(names);
  for (const name of names) {
    if (DATABASE_SIDES.some((side) => name.endsWith(side) && all.has(name.slice(0, -side.length)))) continue;
    const entry = { path: join(folder.path, name), name: `${folder.name}/${name}` };
    const found = await lstat(entry.path);
    if (found.isDirectory()) await walk(entry, files);
    else if (found.isFile()) files.push(entry);
    if (files.length > MAX_FILES) throw new ReaderFault('LIMIT_EXCEEDED', 'The folder has more than 100,000 files.');
  }
}

/** Reads a file as what its first bytes say that it is; packets are left for later, bundles to the desk. */
async function readOne(file: SourceFile, context: ReadContext): Promise<'packet' | 'bundle' | 'read'> {
  const head = await headOf(file.path);
  if (head.subarray(0, SQLITE_MAGIC.length).equals(SQLITE_MAGIC)) {
    await readLedger(file.path, file.name, context);
    return 'read';
  }
  if (looksLikeVep(head)) return 'packet';
  if (head.subarray(0, ZIP_MAGIC.length).equals(ZIP_MAGIC)) return 'bundle';
  const first = head.find((byte) => byte > 0x20);
  if (first === 0x5b) {
    await readArrayFile(file.path, file.name, context);
    return 'read';
  }
  if (first === 0x7b) return (await readObjectFile(file.path, file.name, context)) === 'capsule' ? 'packet' : 'read';
  throw new ReaderFault('INVALID_INPUT', `${file.name} holds neither records nor a packet that the desk knows.`);
}

async function headOf(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function readPackets(packets: readonly SourceFile[], tenants: string[], outbox: Outbox): Promise<void> {
  for (const [turn, file] of packets.entries()) {
    outbox.count('packet');
    const { size } = await stat(file.path);
    const bytes = size > MAX_PACKET_BYTES ? null : await readFile(file.path);
    const facts = bytes === null ? null : readPacketFacts(bytes);
    const place = { source: file.name, locator: '' };
    if (bytes === null || facts === null) outbox.addFinding(place, 'TOO_LARGE');
    else if (facts.kind === 'unknown' || facts.root === null) outbox.addFinding(place, 'NOT_A_PACKET');
    else {
      const escalationId = facts.ok ? facts.escalationId : null;
      await outbox.deliverPacket({
        source: file.name,
        tenants,
        bytes,
        kind: facts.kind,
        root: facts.root,
        escalationId,
      });
    }
    outbox.progress(turn + 1, packets.length, 'packets');
    await outbox.pace();
  }
  await outbox.flush();
}

function asFault(error: unknown, file: SourceFile): ReaderFault {
  if (error instanceof ReaderFault) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['EACCES', 'EPERM', 'ENOENT', 'EISDIR', 'EIO'].includes(code)) {
    return new ReaderFault('NOT_FOUND', `${file.name} could not be read (${code}).`, { cause: error });
  }
  throw error;
}

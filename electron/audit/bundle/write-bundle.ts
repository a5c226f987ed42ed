import { createHash } from 'node:crypto';
import { jcs } from '../../evidence/json/jcs.ts';
import type { ByteSink } from '../archive/archive-writer.ts';
import { headFacts } from '../head/signed-head.ts';
import { CompactRange } from '../log/compact-range.ts';
import { equalBytes } from '../log/merkle.ts';
import { pae, writeEnvelope } from '../statement/dsse.ts';
import { BundleFiles } from './bundle-files.ts';
import type { BundleInput, WrittenBundle } from './bundle-input.ts';
import { type BundleHeads, checkHeads } from './check-heads.ts';
import { decisionExample, headExample, spicyProof } from './example.ts';
import { auditGuide } from './guide.ts';
import * as layout from './layout.ts';
import { BUNDLE_FORMAT, BUNDLE_VERSION, MANIFEST_TYPE, type Manifest } from './manifest.ts';
import { hashesFile, keysFile } from './small-files.ts';
import { damagedLog, Tally } from './tally.ts';
import { addEntries, addEvidence, addStatements, type EvidenceCounts } from './write-log.ts';

/**
 * Writes a bundle (docs/formats/bundle.md) whose bytes depend on nothing but `input`. It never writes to an end what
 * would not verify: INTEGRITY_FAILED where entries, fields and heads do not belong together, INVALID_INPUT for a
 * previous checkpoint that is none of this log. Memory does not grow with entries; of each piece of evidence it keeps
 * about 150 bytes.
 */
export async function writeBundle(input: BundleInput, sink: ByteSink): Promise<WrittenBundle> {
  const heads = checkHeads(input);
  const files = new BundleFiles(sink);
  await addHeads(input, heads, files);
  const tally = await addLog(input, heads, files);
  const evidence = await addEvidence(input, tally, files);
  await files.list(layout.RECORDS_JSON, input.records.json);
  await files.list(layout.RECORDS_CSV, input.records.csv);
  await addExamples(input, heads, tally, files);
  const facts = factsOf(input, heads, tally, evidence);
  await files.list(layout.GUIDE, Buffer.from(auditGuide(facts, input.desk.publicHex)));
  await files.list(layout.SUMS, files.sums());
  return addManifest({ ...facts, files: files.listed }, input, files);
}

async function addHeads(input: BundleInput, heads: BundleHeads, files: BundleFiles): Promise<void> {
  const { checkpoint, previous, proofs, keys } = input;
  await files.list(layout.CHECKPOINT, checkpoint);
  if (previous !== null) await files.list(layout.PREVIOUS, previous);
  if (needsProof(heads)) await files.list(layout.CONSISTENCY, hashesFile(proofs.consistency));
  await files.list(layout.RANGE, hashesFile(proofs.left));
  await files.list(layout.KEYS, keysFile(keys));
}

/** Nothing is to be proven of the empty log, and of the same one. */
function needsProof({ head, previous }: BundleHeads): boolean {
  return previous !== null && previous.head.size !== 0n && previous.head.size !== head.head.size;
}

/** Entries and statements, under the head that they must give. */
async function addLog(input: BundleInput, { head }: BundleHeads, files: BundleFiles): Promise<Tally> {
  const range = CompactRange.of(input.range.from, input.proofs.left);
  if (range === null) throw damagedLog('The hashes left of the range are not those of a log of its size.');
  const tally = new Tally(range, input);
  await addEntries(input, tally, files);
  if (!equalBytes(tally.root(), head.head.root))
    throw damagedLog('The entries do not give the root of the checkpoint.');
  await addStatements(input, tally, files);
  return tally;
}

async function addExamples(input: BundleInput, heads: BundleHeads, tally: Tally, files: BundleFiles): Promise<void> {
  const { example } = tally;
  const all = headExample(heads.head.text, heads.signature, input.desk.publicHex);
  if (example !== null) {
    const path = await input.proofs.inclusion(example.seq);
    const proof = spicyProof(example.seq, path, Buffer.from(input.checkpoint).toString('utf8'));
    all.push(...decisionExample(example.leaf, proof, example.envelope));
  }
  for (const { name, content } of all) await files.list(name, content);
}

type ManifestFacts = Omit<Manifest, 'files'>;

function factsOf(input: BundleInput, heads: BundleHeads, tally: Tally, evidence: EvidenceCounts): ManifestFacts {
  const { generator, tenant, origin, period, query, range, records } = input;
  return {
    format: BUNDLE_FORMAT,
    version: BUNDLE_VERSION,
    ...{ generator, tenant, origin, period, query, evidence },
    range: { from: String(range.from), to: String(range.to) },
    entries: { whole: tally.whole, hashed: tally.hashed },
    decisions: { signed: tally.signed, unsigned: tally.unsigned },
    records: records.count,
    records_left_out: records.left_out,
    withheld: tally.withheld,
    checkpoint: headFacts(heads.head.head),
    previous: heads.previous === null ? null : headFacts(heads.previous.head),
  };
}

async function addManifest(manifest: Manifest, { desk }: BundleInput, files: BundleFiles): Promise<WrittenBundle> {
  const payload = jcs(manifest);
  const signature = { keyid: desk.publicHex, sig: desk.sign(pae(MANIFEST_TYPE, payload)) };
  await files.add(layout.MANIFEST, payload);
  const envelope = { payloadType: MANIFEST_TYPE, payload, signatures: [signature] };
  await files.add(layout.MANIFEST_ENVELOPE, jcs(writeEnvelope(envelope)));
  const bytes = await files.finish();
  return { manifest, bytes, manifest_sha256: createHash('sha256').update(payload).digest('hex') };
}

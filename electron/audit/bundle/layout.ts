/** What a bundle has in it and where (docs/formats/bundle.md, "Files"): every name follows from the manifest. */
export const SHARD = 100_000;

export const MANIFEST = 'manifest.json';
export const MANIFEST_ENVELOPE = 'manifest.dsse.json';
export const CHECKPOINT = 'checkpoint.txt';
export const PREVIOUS = 'previous.txt';
export const CONSISTENCY = 'proofs/consistency.json';
export const RANGE = 'proofs/range.json';
export const KEYS = 'keys/keys.json';
export const RECORDS_JSON = 'records/records.json';
export const RECORDS_CSV = 'records/records.csv';
export const GUIDE = 'AUDIT.md';
export const SUMS = 'SHA256SUMS';

/** The worked example of AUDIT.md: the log's head, and one decision where there is a signed one. */
export const HEAD_EXAMPLE = {
  text: 'example/head/signed.bin',
  signature: 'example/head/signature.bin',
  key: 'example/head/key.pem',
} as const;
export const DECISION_EXAMPLE = {
  leaf: 'example/decision/leaf.json',
  proof: 'example/decision/leaf.json.spicy',
  pae: 'example/decision/pae.bin',
  signature: 'example/decision/signature.bin',
  key: 'example/decision/key.pem',
} as const;

export function entriesShard(n: number): string {
  return `log/entries-${shardNumber(n)}.jsonl`;
}

export function statementsShard(n: number): string {
  return `statements/statements-${shardNumber(n)}.jsonl`;
}

export function evidenceShard(n: number): string {
  return `evidence/index-${shardNumber(n)}.jsonl`;
}

function shardNumber(n: number): string {
  return String(n).padStart(5, '0');
}

/** The ends of evidence files by kind. */
const ENDINGS = { vep: 'vep', capsule: 'capsule', token: 'token', 'source-row': 'row' } as const;
export type BundledKind = keyof typeof ENDINGS;

export function evidenceFile(sha256: string, kind: BundledKind): string {
  return `evidence/${sha256}.${ENDINGS[kind]}`;
}

/** How much of each there is, as the manifest says. */
export interface Extent {
  readonly entries: number;
  readonly statements: number;
  readonly evidence: number;
  readonly previous: boolean;
  /** A proof of consistency is needed: the previous head is neither empty nor this one. */
  readonly proof: boolean;
}

/** Every file that the manifest lists, in the order that they are written in; pieces of evidence are listed in their index. */
export function listedFiles({ entries, statements, evidence, previous, proof }: Extent): string[] {
  return [
    CHECKPOINT,
    ...(previous ? [PREVIOUS] : []),
    ...(proof ? [CONSISTENCY] : []),
    RANGE,
    KEYS,
    ...shards(entries, entriesShard),
    ...shards(statements, statementsShard),
    ...shards(evidence, evidenceShard),
    RECORDS_JSON,
    RECORDS_CSV,
    ...Object.values(HEAD_EXAMPLE),
    ...(statements === 0 ? [] : Object.values(DECISION_EXAMPLE)),
    GUIDE,
    SUMS,
  ];
}

function shards(count: number, name: (n: number) => string): string[] {
  return Array.from({ length: Math.ceil(count / SHARD) }, (_, n) => name(n));
}

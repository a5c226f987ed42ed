import { createHash } from 'node:crypto';
import { PILLARS, type PillarName } from '../../../shared/domain/anatomy.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import type { JsonObject } from '../../../shared/domain/json/value.ts';
import type { Canonicalization } from '../../../shared/domain/verdict.ts';
import { CanonicalMembers } from '../json/canonical-members.ts';
import type { CanonicalForm } from '../json/canonical-writer.ts';
import { canonicalForms, type Written } from '../json/canonicalize.ts';
import { jcs } from '../json/jcs.ts';
import { hashAsJsonString } from '../json/magpie.ts';
import type { Pillars } from './pillars.ts';
import { crateReadings, lacksMagpie, MAGPIE_HOLE, plainReadings, type Reading, readPillar } from './readings.ts';

/** How leaves and root are made (docs/formats/evidence.md, "Profiles"). */
export const PROFILES = ['vex-0.3', 'sdk-1.6', 'flat-0.2'] as const;
export type Profile = (typeof PROFILES)[number];

export type Leaves = Readonly<Record<PillarName, Uint8Array>>;

/** A root and how it comes about. */
export interface Tree {
  readonly profile: Profile;
  readonly form: CanonicalForm;
  readonly reading: Reading;
  readonly leaves: Leaves;
  /** node(intent, authority) and node(identity, witness); null for the profile without a tree. */
  readonly nodes: { readonly left: Uint8Array; readonly right: Uint8Array } | null;
  /** Lower-case hex. */
  readonly root: string;
}

export interface RootSearch {
  /** The tree whose root is the claimed one; null where no profile, form and reading makes it. */
  readonly found: (Tree & { readonly canonicalization: Canonicalization }) | null;
  /** What a packet of the crates would have; the found tree where there is one. */
  readonly shown: Tree;
}

/** How a stored hash of the JSON form is made from its pillar. */
export type HashRule = 'prefixed' | 'naked' | 'neither';

/**
 * Hashes the pillars of one packet in every way that programs are known to, and each of them once. `source` is the
 * value of segment 7, which must be sound text (`isSoundText`).
 */
export class PillarHashes {
  private readonly pillars: Pillars;
  private readonly source: Uint8Array | null;
  private readonly fills: boolean;
  private readonly objects = new Map<string, JsonObject>();
  private readonly forms = new Map<JsonObject, Forms>();

  constructor(pillars: Pillars, source: Uint8Array | null) {
    this.pillars = pillars;
    this.source = source;
    this.fills = source !== null && lacksMagpie(pillars);
  }

  /** Looks for the way that makes the claimed root (lower-case hex): the crates' first, then the SDK's, then the flat one. */
  search(claimed: string): RootSearch {
    let shown: Tree | null = null;
    for (const { profile, reading } of this.ways()) {
      for (const form of ['serde_jcs', 'rfc8785'] as const) {
        const tree = this.tree(profile, reading, form);
        if (tree?.root === claimed) {
          return { found: { ...tree, canonicalization: this.canonicalization(reading, form) }, shown: tree };
        }
        shown ??= tree;
      }
    }
    if (shown === null) throw new Error('the protocol’s own form makes a root of any pillars');
    return { found: null, shown };
  }

  /** The rule by which `stored` is this pillar's hash, under any reading and form. */
  ruleOf(name: PillarName, stored: string): HashRule {
    for (const { reading } of this.ways()) {
      const { serde_jcs, rfc8785 } = this.formsOf(name, reading);
      for (const canonical of new Set([serde_jcs, rfc8785])) {
        if (canonical === null) continue;
        if (encodeHex(canonical.sha256(LEAF)) === stored) return 'prefixed';
        if (encodeHex(canonical.sha256(NAKED)) === stored) return 'naked';
      }
    }
    return 'neither';
  }

  /** Whether `text` is the pillar's own canonical JSON, as the crates write it. */
  isCanonical(pillar: JsonObject, text: Uint8Array): boolean {
    return this.formsOfObject(pillar).serde_jcs.equals(text);
  }

  private *ways(): Generator<{ profile: Profile; reading: Reading }> {
    for (const reading of crateReadings(this.pillars, this.fills)) yield { profile: 'vex-0.3', reading };
    for (const profile of ['sdk-1.6', 'flat-0.2'] as const) {
      for (const reading of plainReadings(this.fills)) yield { profile, reading };
    }
  }

  /** Null where the form is not there, or is the protocol's own and was tried as that. */
  private tree(profile: Profile, reading: Reading, form: CanonicalForm): Tree | null {
    const all = PILLARS.map((name) => [name, this.formsOf(name, reading)] as const);
    if (form === 'rfc8785' && all.every(([, forms]) => forms.rfc8785 === forms.serde_jcs)) return null;
    const leaves = new Map<PillarName, Uint8Array>();
    for (const [name, forms] of all) {
      const canonical = forms[form];
      if (canonical === null) return null;
      leaves.set(name, LEAF_OF[profile](canonical));
    }
    return { profile, reading, form, ...joined(profile, Object.fromEntries(leaves) as unknown as Leaves) };
  }

  private canonicalization(reading: Reading, form: CanonicalForm): Canonicalization {
    if (form === 'rfc8785') return 'rfc8785 only';
    const same = PILLARS.every((name) => {
      const forms = this.formsOf(name, reading);
      return forms.rfc8785 === forms.serde_jcs;
    });
    return same ? 'same' : 'serde_jcs only';
  }

  private formsOf(name: PillarName, reading: Reading): Forms {
    const key = `${name} ${reading.nulls} ${reading.capabilities} ${reading.magpie}`;
    const object = this.objects.get(key) ?? readPillar(this.pillars, name, reading);
    this.objects.set(key, object);
    return this.formsOfObject(object);
  }

  private formsOfObject(object: JsonObject): Forms {
    const forms = this.forms.get(object) ?? this.makeForms(object);
    this.forms.set(object, forms);
    return forms;
  }

  private makeForms(object: JsonObject): Forms {
    if (object.members instanceof CanonicalMembers) {
      const both = new Canonical({ bytes: object.members.text, holeAt: -1 }, null);
      return { serde_jcs: both, rfc8785: both };
    }
    const { serde_jcs, rfc8785 } = canonicalForms(object, MAGPIE_HOLE);
    const own = new Canonical(serde_jcs, this.source);
    if (rfc8785 === serde_jcs) return { serde_jcs: own, rfc8785: own };
    return { serde_jcs: own, rfc8785: rfc8785 === null ? null : new Canonical(rfc8785, this.source) };
  }
}

/** The very same object twice where the forms agree; null where RFC 8785 would round an integer beyond 2^53. */
interface Forms {
  readonly serde_jcs: Canonical;
  readonly rfc8785: Canonical | null;
}

const NAKED = new Uint8Array(0);
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** Canonical bytes of a pillar, with the source of segment 7 where the hole is. */
class Canonical {
  private readonly written: Written;
  private readonly source: Uint8Array | null;
  private readonly digests = new Map<Uint8Array, Uint8Array>();

  constructor(written: Written, source: Uint8Array | null) {
    this.written = written;
    this.source = source;
  }

  /** SHA-256 of the prefix and these bytes, made once. */
  sha256(prefix: Uint8Array): Uint8Array {
    const digest = this.digests.get(prefix) ?? this.digest(prefix);
    this.digests.set(prefix, digest);
    return digest;
  }

  equals(text: Uint8Array): boolean {
    const { bytes, holeAt } = this.written;
    return bytes === text || (holeAt < 0 && Buffer.compare(bytes, text) === 0);
  }

  private digest(prefix: Uint8Array): Uint8Array {
    const { bytes, holeAt } = this.written;
    const hash = createHash('sha256').update(prefix);
    if (holeAt < 0 || this.source === null) return hash.update(bytes).digest();
    hash.update(bytes.subarray(0, holeAt));
    hashAsJsonString(hash, this.source);
    return hash.update(bytes.subarray(holeAt)).digest();
  }
}

const LEAF_OF: Readonly<Record<Profile, (canonical: Canonical) => Uint8Array>> = {
  'vex-0.3': (canonical) => canonical.sha256(LEAF),
  'sdk-1.6': (canonical) => sha256(LEAF, canonical.sha256(NAKED)),
  'flat-0.2': (canonical) => canonical.sha256(NAKED),
};

function joined(profile: Profile, leaves: Leaves): Pick<Tree, 'leaves' | 'nodes' | 'root'> {
  if (profile === 'flat-0.2') return { leaves, nodes: null, root: encodeHex(sha256(NAKED, flatRoot(leaves))) };
  const left = sha256(NODE, leaves.intent, leaves.authority);
  const right = sha256(NODE, leaves.identity, leaves.witness);
  return { leaves, nodes: { left, right }, root: encodeHex(sha256(NODE, left, right)) };
}

function flatRoot(leaves: Leaves): Uint8Array {
  return jcs(Object.fromEntries(PILLARS.map((name) => [`${name}_hash`, encodeHex(leaves[name])])));
}

function sha256(prefix: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256').update(prefix);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

import type { OwnKey } from '../../../shared/contract/keys.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { decodeHex } from '../../../shared/domain/hex.ts';
import { signEd25519 } from '../../evidence/trust/ed25519.ts';
import type { StoredOwnKey } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { unaskedWrite } from '../writing.ts';
import { type DeskSeat, deskKeyOf } from './desk-key.ts';
import { lockedKey } from './key-faults.ts';
import { keyToSignWith } from './own-key.ts';
import { openPrivatePart, sealPrivatePart } from './private-part.ts';

/** Signs with one own key while it is unlocked; `sign` fails with UNAUTHORIZED once it has locked. */
export interface Signer {
  readonly keyId: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Ed25519 (RFC 8032), 64 bytes. */
  sign(message: Uint8Array): Uint8Array;
}

interface OpenKey {
  readonly seed: Uint8Array;
  /** On the monotonic clock, in milliseconds. */
  readonly until: number;
  readonly untilText: string;
  forget(): void;
}

const MINUTE_MS = 60_000;
const MINUTES = 15;

const byContext = new WeakMap<FeatureContext, KeyRing>();

/** The private keys that this desk holds open on one ledger. */
export function keyRingOf(context: FeatureContext): KeyRing {
  const known = byContext.get(context);
  if (known !== undefined) return known;
  const ring = new KeyRing(context);
  byContext.set(context, ring);
  return ring;
}

/**
 * Holds private keys in this process alone, each for a set time, and wipes them when they lock (S16). A key under a
 * passphrase opens when that is given; one under the keyring, and the desk's own, open by themselves, unless their person
 * has locked them.
 */
export class KeyRing {
  private readonly context: FeatureContext;
  private readonly open = new Map<string, OpenKey>();
  private readonly lockedByHand = new Set<string>();

  constructor(context: FeatureContext) {
    this.context = context;
  }

  /**
   * The caller's key to sign with: the one named, else their newest in use. INVALID_INPUT: has none, or the one named is
   * in use no longer; NOT_FOUND, FORBIDDEN for another's; UNAUTHORIZED with details `locked` or `lost`, and `key_id`.
   */
  async signerFor(profileId: string, keyId?: string): Promise<Signer> {
    return this.signer(keyToSignWith(await this.context.store.ownKeys(), profileId, keyId));
  }

  /**
   * SHA-256 of the desk's own public key, 64 hex digits, for what names the desk. The key is made on first need, and
   * pinned in the tenant.
   */
  async deskFingerprint(write: DeskSeat): Promise<string> {
    return (await deskKeyOf(this.context, write, () => Promise.resolve(true))).fingerprint;
  }

  /** Signs with a key of the desk itself that opens here; made and pinned as `deskFingerprint` does. */
  async deskSigner(write: DeskSeat): Promise<Signer> {
    const { key } = await deskKeyOf(this.context, write, (candidate) => this.opens(candidate));
    return this.signer(key);
  }

  /** Opens a key for `minutes`. UNAUTHORIZED as `signerFor`, also for a passphrase that is not the key's. */
  async unlock(key: StoredOwnKey, passphrase: string | undefined, minutes = MINUTES): Promise<void> {
    const { seed, reseal } = await openPrivatePart(this.context, key, passphrase);
    this.hold(key.key_id, seed, minutes);
    if (reseal) await this.reseal(key, seed);
  }

  /** Takes over the private part of a key that was just made or recovered; the ring wipes it. */
  hold(keyId: string, seed: Uint8Array, minutes = MINUTES): void {
    this.forget(keyId);
    this.lockedByHand.delete(keyId);
    const { clock } = this.context;
    const cancel = clock.after(minutes * MINUTE_MS, () => this.expire(keyId));
    this.open.set(keyId, {
      seed,
      until: clock.monotonic() + minutes * MINUTE_MS,
      untilText: instantText(clock.now() + minutes * MINUTE_MS),
      forget() {
        cancel();
        seed.fill(0);
      },
    });
  }

  /** Wipes the key, until its person unlocks it again. */
  lock(keyId: string): void {
    this.forget(keyId);
    this.lockedByHand.add(keyId);
  }

  /** Wipes a key that will not be used again. */
  forget(keyId: string): void {
    this.open.get(keyId)?.forget();
    this.open.delete(keyId);
  }

  /** Wipes all keys; to be called when the desk closes. */
  close(): void {
    for (const keyId of [...this.open.keys()]) this.forget(keyId);
  }

  /** Lets `use` see the private part of a key that is unlocked or opens by itself. UNAUTHORIZED as `signerFor`. */
  async withPrivatePart<T>(key: StoredOwnKey, use: (seed: Uint8Array) => Promise<T>): Promise<T> {
    const copy = Uint8Array.from((await this.opened(key)).seed);
    try {
      return await use(copy);
    } finally {
      copy.fill(0);
    }
  }

  /** Whether a key can sign now, and until when. A key that opens by itself is unlocked, and locks by itself never. */
  async stateOf(key: StoredOwnKey): Promise<Pick<OwnKey, 'state' | 'unlocked_until'>> {
    const locked = { state: 'locked', unlocked_until: null } as const;
    if (key.status !== 'in-use' || this.lockedByHand.has(key.key_id)) return locked;
    if (key.protection !== 'passphrase') {
      return { state: (await this.opens(key)) ? 'unlocked' : 'lost', unlocked_until: null };
    }
    const open = this.stillOpen(key.key_id);
    return open === null ? locked : { state: 'unlocked', unlocked_until: open.untilText };
  }

  private async signer(key: StoredOwnKey): Promise<Signer> {
    await this.opened(key);
    return {
      keyId: key.key_id,
      publicKey: decodeHex(key.public_hex) ?? new Uint8Array(0),
      sign: (message) => {
        const open = this.stillOpen(key.key_id);
        if (open === null) throw lockedKey(key.key_id);
        return signEd25519(open.seed, message);
      },
    };
  }

  private async opened(key: StoredOwnKey): Promise<OpenKey> {
    const open = this.stillOpen(key.key_id);
    if (open !== null) return open;
    if (this.lockedByHand.has(key.key_id)) throw lockedKey(key.key_id);
    await this.unlock(key, undefined);
    const opened = this.stillOpen(key.key_id);
    if (opened === null) throw lockedKey(key.key_id);
    return opened;
  }

  private async opens(key: StoredOwnKey): Promise<boolean> {
    try {
      await this.opened(key);
      return true;
    } catch (error) {
      if (error instanceof DeskError && error.code === 'UNAUTHORIZED') return false;
      throw error;
    }
  }

  /** A timer may come late: what is past its time is closed however long its seed still lies there. */
  private stillOpen(keyId: string): OpenKey | null {
    const open = this.open.get(keyId);
    if (open === undefined) return null;
    if (this.context.clock.monotonic() < open.until) return open;
    this.forget(keyId);
    return null;
  }

  private expire(keyId: string): void {
    this.forget(keyId);
    this.context.publish({ topics: ['keys'] });
  }

  /** A key is used all the same where this cannot be written now; the keyring will ask again. */
  private async reseal(key: StoredOwnKey, seed: Uint8Array): Promise<void> {
    const { context } = this;
    try {
      const [tenant] = await context.store.tenants();
      if (tenant === undefined || context.keyring === null) return;
      const opener = { kind: 'keyring', keyring: context.keyring } as const;
      const sealed = await sealPrivatePart(context, seed, key, opener);
      await context.store.updateOwnKey(unaskedWrite(context, tenant, key.profile_id ?? ''), key.key_id, { sealed });
    } catch {
      context.log('a key could not be sealed anew as its keyring asks');
    }
  }
}

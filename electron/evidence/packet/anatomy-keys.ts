import type { PacketAnatomy } from '../../../shared/domain/anatomy.ts';
import { judgeSignature } from '../trust/signature.ts';
import type { TrustStore } from '../trust/trust.ts';
import type { Packet } from './packet.ts';
import { PURPOSES_OF, witnessTime } from './verify-packet.ts';

/** A tenant pins few keys; nobody reads more than this. */
const MAX_KEYS = 100;

/**
 * The pinned keys, each tried alone on the packet's signature, and what came out in words: those that packets are
 * signed with first, of the others only one that made it.
 */
export function triedKeys(packet: Packet, trust: TrustStore, rootVerified: boolean): PacketAnatomy['keys'] {
  const { signature, rootBytes } = packet;
  if (signature === null) return [];
  const at = rootVerified ? witnessTime(packet.pillars.timestamp) : null;
  const tried = trust.keys.slice(0, MAX_KEYS * 10).map((key) => {
    const purposes = [...PURPOSES_OF.resolution];
    const messages = [{ profile: 'root', bytes: rootBytes }];
    const answer = judgeSignature({ signature, messages, purposes, trust: { keys: [key], baselines: [] }, at });
    const { name, purpose, public_hex } = key;
    return { name, purpose, public_hex, outcome: OUTCOMES[answer.code] ?? answer.detail };
  });
  const asked = tried.filter(({ purpose, outcome }) => PURPOSES_OF.resolution.includes(purpose) || outcome !== NOT_IT);
  return asked.slice(0, MAX_KEYS);
}

const NOT_IT = 'It did not make this signature.';

/** Of one key alone there is less to say than of all together. */
const OUTCOMES: Readonly<Record<string, string>> = { NOT_SIGNED: NOT_IT, NO_KEY: NOT_IT };

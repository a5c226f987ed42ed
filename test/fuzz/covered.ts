import { ExactNumber, type ExactValue, exactText, membersOf, normalised, parseExact } from './exact-json.ts';

/** What a signature covers, told without any part of the verifier. */
export interface Covered {
  /** What names the genuine one: a packet's root, a token's signature. */
  readonly key: string;
  /** Lower-case hex. */
  readonly signature: string;
  /** The signed values: two inputs with one of these in common say the same in all that is signed. */
  readonly texts: readonly string[];
  /** Why it must not be verified as a whole, whatever its signature is worth; null: nothing is known. */
  readonly fault: string | null;
}

/** Null for what is neither packet, capsule nor token, or cannot be read as one. */
export function coveredBy(bytes: Buffer): Covered | null {
  try {
    return bytes.toString('latin1', 0, 3) === 'VEP' ? ofPacket(bytes) : ofJson(parseExact(bytes.toString()));
  } catch {
    return null;
  }
}

const HEADER = 76;

function ofPacket(bytes: Buffer): Covered {
  const { segments, fault } = segmentsOf(bytes);
  const pillar = (type: number) => membersOf(parseExact(String(segments.get(type)))) ?? {};
  const [intent, authority, identity, witness] = [pillar(1), pillar(2), pillar(3), pillar(5)];
  const source = segments.get(7)?.toString() ?? null;
  const aid = exactOf(identity.aid).toLowerCase() === bytes.toString('hex', 4, 36);
  const nonce = exactOf(authority.nonce) === String(bytes.readBigUInt64BE(68));
  return {
    key: bytes.toString('hex', 36, 68),
    signature: segments.get(6)?.toString('hex') ?? '',
    texts: [
      textOf(withSource(intent, source), authority, identity, witness),
      textOf(intent, authority, identity, witness),
    ],
    fault: fault ?? (aid ? (nonce ? null : 'another nonce in the header') : 'another agent in the header'),
  };
}

function segmentsOf(bytes: Buffer): { segments: Map<number, Buffer>; fault: string | null } {
  const segments = new Map<number, Buffer>();
  let at = HEADER;
  while (at + 5 <= bytes.length && !isFooter(bytes, at)) {
    const [type, length] = [bytes.readUInt8(at), bytes.readUInt32BE(at + 1)];
    if (type >= 1 && type <= 7 && segments.has(type)) return { segments, fault: `segment ${type} twice` };
    segments.set(type, bytes.subarray(at + 5, at + 5 + length));
    at += 5 + length;
  }
  const whole = at === bytes.length || isFooter(bytes, at);
  return { segments, fault: whole ? null : 'bytes that belong to no segment' };
}

function isFooter(bytes: Buffer, at: number): boolean {
  return bytes.length - at === HEADER && bytes.subarray(at).equals(bytes.subarray(0, HEADER));
}

function ofJson(value: ExactValue): Covered | null {
  const object = membersOf(value);
  if (object === null) return null;
  return membersOf(object.crypto) === null ? ofToken(object) : ofCapsule(object);
}

function ofCapsule(capsule: { [name: string]: ExactValue }): Covered {
  const pillar = (name: string) => membersOf(capsule[name]) ?? {};
  const authority = pillar('authority');
  const other = Object.hasOwn(capsule, 'capsule_id') && capsule.capsule_id !== authority.capsule_id;
  return {
    key: exactOf(capsule.capsule_root),
    signature: Buffer.from(exactOf(membersOf(capsule.crypto)?.signature_b64), 'base64').toString('hex'),
    texts: [textOf(pillar('intent'), authority, pillar('identity'), pillar('witness'))],
    fault: other ? 'another id beside the pillars' : null,
  };
}

function ofToken(token: { [name: string]: ExactValue }): Covered {
  const payload = membersOf(token.payload) ?? {};
  const signature = exactOf(token.signature);
  return {
    key: signature,
    signature,
    texts: [exactText(normalised(payload, TOKEN_OPTIONAL, { capabilities: [] }))],
    fault: null,
  };
}

function withSource(intent: { [name: string]: ExactValue }, source: string | null): { [name: string]: ExactValue } {
  const transparent = Object.hasOwn(intent, 'request_sha256');
  const own = intent.magpie_source ?? null;
  return source !== null && transparent && own === null ? { ...intent, magpie_source: source } : intent;
}

const TOKEN_OPTIONAL = ['resolution_event_id', 'circuit_id'];
const OPTIONAL = {
  intent: ['magpie_source', 'continuation_token', 'circuit_id'],
  authority: ['escalation_id', 'binding_status', 'continuation_token', 'authority_class', 'gate_sensors'],
  identity: ['pcrs'],
};

type Pillar = { readonly [name: string]: ExactValue };

function textOf(intent: Pillar, authority: Pillar, identity: Pillar, witness: Pillar): string {
  const lists = Object.hasOwn(intent, 'request_sha256') ? { capabilities: [] } : {};
  const { chora_node_id = null, timestamp = null } = witness;
  return exactText([
    normalised(withToken(intent), OPTIONAL.intent, lists),
    normalised(withToken(authority), OPTIONAL.authority),
    normalised(identity, OPTIONAL.identity),
    { chora_node_id, timestamp },
  ]);
}

function withToken(pillar: Pillar): Pillar {
  const token = membersOf(pillar.continuation_token);
  const payload = membersOf(token?.payload);
  if (token === null || payload === null) return pillar;
  return {
    ...pillar,
    continuation_token: { ...token, payload: normalised(payload, TOKEN_OPTIONAL, { capabilities: [] }) },
  };
}

function exactOf(value: ExactValue | undefined): string {
  return value instanceof ExactNumber ? value.text : typeof value === 'string' ? value : '';
}

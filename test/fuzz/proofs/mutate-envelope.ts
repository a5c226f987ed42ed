import { pae } from '../../../electron/audit/statement/dsse.ts';
import { desk, stranger } from '../../audit/synthetic-bundle.ts';
import type { SeededRandom } from '../../bench/random.ts';
import { mutateJson } from '../mutate-json.ts';
import { otherBase64 } from './mutate-note.ts';

/** A signed envelope, or a leaf that holds one, with something changed; `other` is one to take members from. */
export function mutateSigned(text: string, other: string, random: SeededRandom): string {
  if (random.perMille(350)) return mutateJson(text, random);
  const [own, donor] = [objectOf(text), objectOf(other)];
  if (own === null || donor === null) return mutateJson(text, random);
  const envelope = own.envelope ?? own;
  const taken = donor.envelope ?? donor;
  if (own.envelope !== undefined && random.perMille(450)) takeMember(own, donor, random);
  else if (isEnvelope(envelope) && isEnvelope(taken)) random.pick(CHANGES)(envelope, taken, random);
  return JSON.stringify(own);
}

interface PlainEnvelope {
  payload: string;
  payloadType: string;
  signatures: { keyid?: string; sig: string }[];
}
type Plain = Record<string, unknown>;

function objectOf(text: string): Plain | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Plain) : null;
  } catch {
    return null;
  }
}

function isEnvelope(value: unknown): value is PlainEnvelope {
  const { payload, payloadType, signatures } = (value ?? {}) as Partial<Record<string, unknown>>;
  const isSignature = (one: unknown) => typeof (one as { sig?: unknown } | null)?.sig === 'string';
  return (
    typeof payload === 'string' &&
    typeof payloadType === 'string' &&
    Array.isArray(signatures) &&
    signatures.every(isSignature)
  );
}

/** A member, or a commitment, of another decision's leaf. */
function takeMember(own: Plain, donor: Plain, random: SeededRandom): void {
  const [to, from] = random.perMille(400) ? [own.fields as Plain, donor.fields as Plain] : [own, donor];
  const names = Object.keys(from ?? {});
  const name = names[random.below(names.length)];
  if (name === undefined || typeof to !== 'object' || to === null) return;
  to[name] = random.perMille(700) ? from[name] : 'x';
  if (name === 'outcome') to[name] = random.pick(['rejected', 'withdrawn', 'expired', 'Approved']);
}

type Change = (envelope: PlainEnvelope, donor: PlainEnvelope, random: SeededRandom) => void;

const CHANGES: readonly [Change, ...Change[]] = [
  (envelope, { payload }) => Object.assign(envelope, { payload }),
  (envelope, { signatures }) => Object.assign(envelope, { signatures }),
  (envelope, { signatures }) => envelope.signatures.push(...signatures),
  (envelope, _, random) =>
    Object.assign(envelope, {
      payloadType: random.pick([
        'application/vnd.in-toto+json ',
        'text/plain',
        'application/json',
        '',
        'APPLICATION/VND.IN-TOTO+JSON',
      ]),
    }),
  (envelope, _, random) => Object.assign(envelope, { payload: otherBase64(envelope.payload, random) }),
  (envelope, _, random) => {
    for (const one of envelope.signatures) one.sig = otherBase64(one.sig, random);
  },
  (envelope, _, random) => {
    for (const one of envelope.signatures) one.keyid = random.pick([desk.publicHex, stranger.publicHex, '', 'x']);
  },
  (envelope) => envelope.signatures.push(...envelope.signatures),
  (envelope) => Object.assign(envelope, { signatures: [] }),
  (envelope, _, random) => {
    // Signed by nobody who is trusted, under the name of one who is.
    const message = pae(envelope.payloadType, Buffer.from(envelope.payload, 'base64'));
    const made = { keyid: envelope.signatures[0]?.keyid ?? desk.publicHex, sig: base64(stranger.sign(message)) };
    envelope.signatures = random.perMille(500) ? [made] : [made, ...envelope.signatures];
  },
  (envelope, _, random) => {
    // A type and a payload whose encoding runs on otherwise, under the old signature.
    const payload = Buffer.from(envelope.payload, 'base64');
    const cut = random.below(payload.length);
    envelope.payloadType += ` ${payload.length} ${payload.subarray(0, cut).toString()}`;
    envelope.payload = payload.subarray(cut).toString('base64');
  },
  (envelope, _, random) => {
    const payload = Buffer.from(envelope.payload, 'base64');
    const at = random.below(payload.length);
    if (at < payload.length) payload[at] = (payload[at] ?? 0) ^ (1 << random.below(8));
    envelope.payload = payload.toString('base64');
  },
  (envelope, _, random) => {
    const said = Buffer.from(envelope.payload, 'base64').toString();
    envelope.payload = base64(
      Buffer.from(said.replace('"approved"', random.pick(['"rejected"', '"expired"', '"approved" ']))),
    );
  },
];

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

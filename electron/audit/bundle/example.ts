import { encodeBase64 } from '../../../shared/domain/base64.ts';
import { jcs } from '../../evidence/json/jcs.ts';
import { type Envelope, pae, readEnvelope } from '../statement/dsse.ts';
import { DECISION_EXAMPLE, HEAD_EXAMPLE } from './layout.ts';
import { publicKeyPem } from './pem.ts';

/** A file of the worked example. */
export interface ExampleFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** The head's signed bytes, its signature and the key, each as a file that openssl takes. */
export function headExample(text: string, signature: Uint8Array, deskHex: string): ExampleFile[] {
  return [
    { name: HEAD_EXAMPLE.text, content: Buffer.from(text) },
    { name: HEAD_EXAMPLE.signature, content: signature },
    { name: HEAD_EXAMPLE.key, content: Buffer.from(publicKeyPem(deskHex)) },
  ];
}

/** A decision's leaf, its path to the head in spicy's form, and its statement's signed bytes, signature and key. */
export function decisionExample(leaf: string, proof: string, envelope: unknown): ExampleFile[] {
  const { payloadType, payload, signatures } = envelopeOf(envelope);
  return [
    { name: DECISION_EXAMPLE.leaf, content: Buffer.from(leaf) },
    { name: DECISION_EXAMPLE.proof, content: Buffer.from(proof) },
    { name: DECISION_EXAMPLE.pae, content: pae(payloadType, payload) },
    { name: DECISION_EXAMPLE.signature, content: signatures[0]?.sig ?? new Uint8Array() },
    { name: DECISION_EXAMPLE.key, content: Buffer.from(publicKeyPem(signatures[0]?.keyid ?? '')) },
  ];
}

const NO_ENVELOPE: Envelope = { payloadType: '', payload: new Uint8Array(), signatures: [] };

function envelopeOf(envelope: unknown): Envelope {
  return readEnvelope(jcs(envelope)) ?? NO_ENVELOPE;
}

/** An entry's path and the signed head, as filippo.io/torchwood's `spicy` verifies them: a tlog-proof without its head line. */
export function spicyProof(seq: number, path: readonly Uint8Array[], checkpoint: string): string {
  return [`index ${seq}`, ...path.map((hash) => encodeBase64(hash)), '', checkpoint].join('\n');
}

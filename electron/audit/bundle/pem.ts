/** What stands before the 32 bytes of an Ed25519 public key in SubjectPublicKeyInfo (RFC 8410, 4). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** The public key as openssl reads it: PEM of SubjectPublicKeyInfo. `publicHex` is 64 hex digits. */
export function publicKeyPem(publicHex: string): string {
  const der = Buffer.concat([SPKI_HEAD, Buffer.from(publicHex, 'hex')]);
  return `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`;
}

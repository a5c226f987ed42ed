import { z } from 'zod';
import { Sha256Hex } from './escalation.ts';

/** Base64 of at most 4 MiB: what a decision on thousands of pieces of evidence says is shorter. */
const Payload = z.base64().max(4 * 1024 * 1024);
const Ascii = z.string().regex(/^[ -~]{1,128}$/, 'is no short text');
const Signature = z.base64().max(128);
/** 32 random bytes, in lower-case hex. */
const Salt = Sha256Hex;

/**
 * A decision's signed statement as a line of JSONL carries it: the envelope as the decision's event has it (DSSE v1, one
 * signature), and the salts of the commitments that it names, whose values stand in the line. It proves nothing by itself.
 */
export const CarriedStatement = z.strictObject({
  envelope: z.strictObject({
    payload: Payload,
    payloadType: Ascii,
    signatures: z.tuple([z.strictObject({ keyid: Ascii.exactOptional(), sig: Signature })]),
  }),
  salts: z.strictObject({
    escalation_id: Salt,
    reason: Salt,
    reviewer: Salt,
    policy: Salt.exactOptional(),
  }),
});
export type CarriedStatement = z.infer<typeof CarriedStatement>;

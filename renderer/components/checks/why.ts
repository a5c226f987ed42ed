import type { Check, CheckName } from '../../../shared/domain/verdict.ts';

/** A failed check for a person who has never seen a packet: what is so, and what it means for a decision. */
export interface Why {
  readonly lead: string;
  readonly means: string;
}

type Failed = Pick<Check, 'name' | 'code'>;

/** What a failed check says in plain words; its `detail` has the facts of the very case. */
export function whyFailed({ name, code }: Failed): Why {
  const bySignature = name === 'signature' || name === 'token.signature' ? OF_SIGNATURES[code] : undefined;
  return bySignature ?? OF_CODES[code] ?? OF_CHECKS[name] ?? OTHER;
}

const OTHER: Why = { lead: 'A check did not hold.', means: 'What it was to prove is not proven.' };

/** Both a packet's and a token's signature fail in these ways. */
const OF_SIGNATURES: { readonly [code: string]: Why | undefined } = {
  NOT_SIGNED: {
    lead: 'Nobody you trust signed this.',
    means: 'No pinned key made the signature, so anyone could have written this, or changed it.',
  },
  KEY_REVOKED: {
    lead: 'It is signed with a key that was revoked.',
    means: 'Whoever took that key can sign with it too, so its signature proves nothing.',
  },
  KEY_NO_LONGER_VALID: {
    lead: 'It is signed with a key after its last day.',
    means: 'A retired key must sign nothing new. Somebody may have kept it.',
  },
  KEY_NOT_YET_VALID: {
    lead: 'It is signed with a key before its first day.',
    means: 'The time of the signature or the key’s validity is wrong.',
  },
  OTHER_PURPOSE: {
    lead: 'It is signed with a key that is trusted for something else.',
    means: 'That key may not speak for this, so the signature proves nothing here.',
  },
  SIGNATURE_FORM: {
    lead: 'Its signature has no form that a signature can have.',
    means: 'It is as good as not signed: anyone could have written this.',
  },
};

const OF_CODES: { readonly [code: string]: Why | undefined } = {
  EXPIRED: {
    lead: 'The token has ended.',
    means: 'The agent can’t use an approval any more.',
  },
  NOT_YET_VALID: {
    lead: 'The token has not begun yet.',
    means: 'It was made for a later time, or a clock is wrong.',
  },
  AID_NOT_HEX: {
    lead: 'The packet names its agent in no valid form.',
    means: 'Its header and its contents can’t be compared, so it is not proven who asks.',
  },
  NONCE_NOT_CANONICAL: {
    lead: 'The packet’s number is not written as a number must be.',
    means: 'Programs can read it in several ways, so it can’t be held against the header.',
  },
  NONCE_TOO_LARGE: {
    lead: 'The packet’s number is larger than any can be.',
    means: 'It can’t be the one in the header.',
  },
  PCRS_MISSING: {
    lead: 'The agent’s machine shows no measurements.',
    means: 'You pinned a baseline for this agent, so it has to show that its machine is in that state.',
  },
};

const OF_CHECKS: { readonly [name in CheckName]?: Why } = {
  structure: {
    lead: 'The packet is broken.',
    means: 'It is not built as a packet must be, so nothing else in it was checked and nothing in it is proven.',
  },
  root: {
    lead: 'The packet was changed after it was made.',
    means: 'Its root is a fingerprint of what it says. What it says now has another fingerprint.',
  },
  hashes: {
    lead: 'A part of the capsule is not the part it was made with.',
    means: 'Beside each part stands a fingerprint of it, and here the two do not fit.',
  },
  capsule_id: {
    lead: 'The capsule’s id is not the id inside it.',
    means: 'Somebody put the contents of one capsule under the name of another.',
  },
  signature: {
    lead: 'The signature does not hold.',
    means: 'Nobody you trust stands behind what the packet says.',
  },
  aid: {
    lead: 'The packet names two agents.',
    means: 'Its header and its contents disagree about who asks. The signature covers the contents only.',
  },
  nonce: {
    lead: 'The packet carries two numbers where there must be one.',
    means: 'Its header and its contents disagree, as when an old packet is sent again under a new header.',
  },
  pcrs: {
    lead: 'The agent’s machine is not in the state that you pinned.',
    means: 'Its measurements differ from the baseline: another program may run there, or it was updated.',
  },
  stark: {
    lead: 'The proof does not hold.',
    means: 'What the agent keeps hidden is not proven.',
  },
  opening: {
    lead: 'The prompt and the salt do not open the commitment.',
    means: 'The agent committed itself to another text.',
  },
  payload: {
    lead: 'The payload is not the one that was meant.',
    means: 'It does not fit the rest of the packet.',
  },
  escalation: {
    lead: 'This packet is about another escalation.',
    means: 'It may be genuine, and says nothing about this one.',
  },
  'token.structure': {
    lead: 'The token is broken.',
    means: 'It is not built as a token must be, so nothing else in it was checked.',
  },
  'token.signature': {
    lead: 'The token’s signature does not hold.',
    means: 'Anyone could have written what it allows.',
  },
  'token.lifecycle': {
    lead: 'The token’s lifetime can’t be right.',
    means: 'It is not live at this time, so the agent can’t go on with it.',
  },
  'token.binding': {
    lead: 'The token belongs to something else.',
    means: 'It was issued for another escalation, agent or packet, and can’t let this one go on.',
  },
};

import type { Status, Verdict } from '../../../shared/domain/escalation.ts';
import type { Change } from './changes.ts';

/** All that the escalation's page says. */
export const words = {
  back: 'Queue',
  copyId: 'Copy id, exact',
  copied: 'Copied',
  emptyId: 'empty id',
  status: { ESCALATED: 'Escalated', RESOLVED: 'Resolved', EXPIRED: 'Expired' } as { readonly [s in Status]: string },
  notClaimed: 'Not claimed',
  claimedByYou: (until: string) => `Claimed by you, until ${until}`,
  claimedBy: (who: string, until: string) => `${who} has it until ${until}`,
  decidedBy: (who: string) => `Decided by ${who}`,
  decidedByYou: 'Decided by you',
  decidedOutside: 'Decided outside',
  claim: 'Claim',
  release: 'Release',
  position: (n: number, of: string) => `${n} of ${of}`,
  previous: 'Previous escalation',
  next: 'Next escalation',
  summary: 'At a glance',

  left: 'left',
  past: 'Past',
  pastOnArrival: 'It was past when it came',
  noDeadline: 'No deadline',
  noDeadlineNote: 'no token, no wait of the agent, no limit',
  decidedInTime: 'Decided in time',
  decidedLate: 'Decided late',
  decided: 'Decided',
  before: (time: string) => `${time} before the deadline`,
  after: (time: string) => `${time} after the deadline`,
  source: {
    agent: 'the agent waits until then',
    token: 'the token ends',
    sla: 'your team’s limit',
  },

  verdict: { verified: 'Verified', failed: 'Failed', unchecked: 'Unchecked' } as { readonly [v in Verdict]: string },
  notYet: 'This version does not verify yet',
  noPacket: 'no packet attached',
  packets: (n: number) => (n === 1 ? '1 packet' : `${n} packets`),
  plainText: 'Plain text',
  plainTextNote: 'No hidden or look-alike characters',
  noText: 'No text',
  noTextNote: 'The agent gave no account',

  request: 'What the agent wants to do',
  claims: 'Not signed by a trusted gate: all values are claims',
  noRequest: 'No account of the request: its audit event is not in the ledger',
  noAction: 'no action named',
  noTarget: 'no target named',
  noAmount: 'no amount',
  policy: 'Policy, not signed',
  agent: 'Agent',
  agentId: 'id',
  reference: 'Reference',
  escalated: 'Escalated',
  ago: (time: string) => `${time} ago`,
  ahead: 'later than this desk’s clock',
  mayDo: 'May do, if approved',
  tokenEnds: (at: string) => `Token ends ${at}`,
  tokenEnded: (at: string) => `Token ended ${at}`,
  tokenNoEnd: 'Token names no end',
  confidence: 'Agent’s confidence',
  confidenceNote: 'The agent’s own number',
  waits: 'The agent’s stated wait',
  event: 'Event',
  sourceHash: {
    ok: 'Its own hash matches its bytes',
    altered: 'Its own hash does not match: it was altered',
    unchecked: 'Its own hash could not be checked',
  },
  sameId: (n: number) => (n === 1 ? 'Another escalation has this id' : `${n} other escalations have this id`),

  explanation: 'The agent’s explanation',
  explanationLabel: 'The agent’s explanation',
  noExplanation: 'The agent gave no explanation.',

  raw: 'The rest of the event’s data',
  rawNote: 'as the agent’s side sent it',
  rawWhole: 'All of it as text',
  rawHide: 'Members only',
  rawLabel: 'The event’s data',
  noRaw: 'Nothing beside what is shown above.',

  deadlines: 'Deadlines',
  earliest: 'earliest, it counts',
  deadlinePast: 'past',
  passedOnArrival: 'The earliest had passed before this escalation came here.',

  token: 'Continuation token',
  tokenNote: (generation: string) => `generation ${generation}, decoded, not verified`,
  tokenPart: {
    schema: 'Schema',
    ledger_event_id: 'Ledger event',
    aid: 'Agent’s identity',
    circuit_id: 'Circuit',
    intent_hash: 'Intent hash',
    source_capsule_root: 'Source root',
    resolution_event_id: 'Resolution event',
    capabilities: 'Capabilities',
    nonce: 'Nonce',
    issued_at: 'Issued',
    expires_at: 'Ends',
    issuer: 'Issuer',
    unknown_members: 'Unknown members',
  },
  none: 'none',

  files: 'Evidence files',
  noFiles: 'No evidence is attached.',
  attach: 'Attach…',
  attaching: 'Reading…',
  attached: (n: number) => (n === 1 ? 'Attached 1 file.' : `Attached ${n} files.`),
  kind: {
    escalation: {
      vep: 'Escalation packet',
      capsule: 'Escalation capsule',
      token: 'Continuation token',
      'source-row': 'Source row',
    },
    resolution: {
      vep: 'Resolution packet',
      capsule: 'Resolution capsule',
      token: 'Resolution token',
      'source-row': 'Source row',
    },
  },
  noVerdict: 'nothing to verify',
  download: (kind: string) => `Save ${kind}`,
  copySha: 'Copy SHA-256',
  bytes: (n: number) => `${n.toLocaleString()} B`,

  findings: 'Findings',
  history: 'History',
  noHistory: 'No events yet.',
  ledgerEvent: (seq: string) => `Ledger event ${seq}`,

  evidence: 'Evidence',
  evidenceNote: (kind: string, bytes: number) => `${kind}, ${bytes.toLocaleString()} bytes`,
  notChecked:
    'Not checked. This version shows evidence and its digest; it does not verify yet, so treat every value as a claim.',
  noPacketNote: 'No packet is attached. Nothing here can be checked.',
  more: (n: number) =>
    n === 1 ? '1 more packet, listed under Evidence files' : `${n} more packets, listed under Evidence files`,
  allBytes: 'All bytes and details',
  sha256: 'SHA-256',
  bytesTitle: 'Bytes and details',
  bytesNote: (shown: number, all: number) =>
    shown < all
      ? `The first ${shown.toLocaleString()} of ${all.toLocaleString()} bytes`
      : `${all.toLocaleString()} bytes`,
  root: 'Digest',
  close: 'Close',
  offset: 'Offset',

  decision: 'Decision',
  changed: (at: string, changes: readonly string[], seen: string) =>
    `Changed ${at}: ${changes.join(', ')}. You see ${seen}.`,
  show: 'Show',
  change: {
    decided: 'it was decided',
    packet: 'a packet was attached',
    token: 'a token was attached',
    evidence: 'the evidence changed',
    request: 'the request changed',
    deadline: 'the deadline changed',
    findings: 'the findings changed',
    dissent: 'a dissent was added',
    record: 'the record changed',
  } as { readonly [c in Change]: string },

  loading: 'Still reading…',
  notFound: 'No such escalation in this ledger.',
  several: 'This id has several escalations. Which one?',
  retry: 'Try again',
};

/** A ledger event in words; one that this page does not know is named as it is. */
export function eventWords(type: string, by: string): string {
  const said = EVENT_WORDS[type];
  return said === undefined ? `${type.replaceAll(/[._-]/g, ' ')} by ${by}.` : said(by);
}

const EVENT_WORDS: { readonly [type: string]: (by: string) => string } = {};

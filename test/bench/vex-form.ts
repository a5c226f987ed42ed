import { hash } from 'node:crypto';
import type { Story } from './ledger-story.ts';

/** A coordination record as vex-persist writes it: members sorted by name, no spaces. */
export function recordText(story: Story): string {
  const status = { active: 'ESCALATED', resolved: 'RESOLVED', expired: 'EXPIRED' }[story.fate];
  return JSON.stringify({
    ...(story.token === null ? {} : { continuation_token: tokenOf(story, story.token) }),
    escalation_event_id: story.eventId,
    escalation_id: story.id,
    ...(story.decision === null
      ? {}
      : { resolution_event_id: story.decision.eventId, resolution_vep_hash: story.decision.vepHash }),
    status,
    timestamp: nanosecondText(story.recordedMs),
  });
}

function tokenOf({ eventId, action, random }: Story, { root, exp }: NonNullable<Story['token']>) {
  return {
    payload: {
      capabilities: [`${action}:execute`],
      execution_target: { aid: random.hex(64), circuit_id: 'attest-rs.audit.v2', intent_hash: random.hex(64) },
      exp,
      iat: exp - 86_400,
      issuer: 'chora-gate-eu-1',
      ledger_event_id: eventId,
      nonce: `nonce-${random.below(1_000_000)}`,
      schema: 'chora.continuation.token.v3.1',
      source_capsule_root: root,
    },
    signature: random.hex(128),
  };
}

export interface AuditRow {
  readonly id: string;
  readonly text: string;
  readonly receipt: string;
  readonly capsuleId: string;
}

/** Writes the audit events of one tenant in their order, each with the hash that links it to the one before. */
export class AuditChain {
  #previous: Buffer | null = null;
  #sequence = 0;

  get state(): string {
    return JSON.stringify({ last_hash: [...(this.#previous ?? Buffer.alloc(32))], sequence: this.#sequence });
  }

  escalation(story: Story): AuditRow {
    const { action, agent: agent_name, reference, target, random } = story;
    const capabilities = [`${action}:execute`];
    const intent = {
      action,
      agent_name,
      capabilities,
      confidence: 0.55,
      reference,
      request_sha256: '[REDACTED]',
      target,
    };
    const data = {
      action,
      agent_name,
      amount: { currency: 'EUR', text: `EUR ${story.amount}`, value: story.amount },
      escalation_id: story.id,
      explanation: story.explanation,
      intent,
      policy: story.policy,
      policy_text: 'Above this limit a human decides.',
      reference,
      ...(story.respondBy === null ? {} : { respond_by: story.respondBy }),
      target,
    };
    const actor = { id: random.uuid(), type: 'bot' };
    return this.#event(story, { id: story.eventId, type: 'ESCALATION', outcome: 'ESCALATE', actor, data });
  }

  resolution(story: Story, eventId: string): AuditRow {
    const data = {
      decision: story.random.perMille(850) ? 'approved' : 'rejected',
      rationale: 'Checked against the order and called the owner back on the number on file.',
      resolves_escalation_id: story.id,
    };
    const actor = { id: story.random.hex(32), type: 'human' };
    return this.#event(story, { id: eventId, type: 'HUMAN_OVERRIDE', outcome: 'ALLOW', actor, data });
  }

  #event(
    { recordedMs, policy, random }: Story,
    { id, type, outcome, actor, data }: { id: string; type: string; outcome: string; actor: object; data: object },
  ): AuditRow {
    this.#sequence += 1;
    const receipt = random.hex(64);
    const capsuleId = random.uuid();
    const evidence_capsule = {
      capsule_id: capsuleId,
      gate_sensors: null,
      nonce: String(random.next()),
      outcome,
      reason_code: policy.replace('-', '_'),
      reproducibility_context: null,
      witness_receipt: receipt,
    };
    const hashed = { data, event_type: type, evidence_capsule, human_review_required: false, schema_version: '1.0' };
    const rest = { sequence_number: this.#sequence, timestamp: Math.floor(recordedMs / 1000) };
    // The members stand in the order that RFC 8785 asks for, so that this is the canonical form.
    const base = prefixed(JSON.stringify({ actor, approval_count: 0, ...hashed, ...rest }));
    const previous = this.#previous;
    const digest = previous === null ? base : prefixed(link(base, previous, this.#sequence));
    this.#previous = digest;
    const text = JSON.stringify({
      actor,
      agent_id: random.uuid(),
      approval_signatures: [],
      data,
      data_provenance_hash: null,
      event_type: type,
      evidence_capsule,
      hash: [...digest],
      human_review_required: false,
      id,
      policy_version: null,
      previous_hash: previous === null ? null : [...previous],
      rationale: null,
      schema_version: '1.0',
      sequence_number: this.#sequence,
      timestamp: nanosecondText(recordedMs),
    });
    return { id, text, receipt, capsuleId };
  }
}

function link(base: Buffer, previous: Buffer, sequence: number): string {
  return `vex-chain-v1:${base.toString('hex', 0, 8)}:${previous.toString('hex', 0, 8)}:${sequence}`;
}

function prefixed(text: string): Buffer {
  return hash('sha256', `\0${text}`, 'buffer');
}

/** RFC 3339 in UTC with nine digits, as chrono prints it. */
function nanosecondText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}594288Z`;
}

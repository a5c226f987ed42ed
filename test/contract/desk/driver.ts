import type { LogVerified, SignedHead } from '../../../shared/contract/log.ts';
import type { Escalation, EscalationInFull } from '../../../shared/domain/escalation.ts';

/** An escalation as its JSON says it: members kept as exact JSON are plain values here. */
export type Plain<T> = Omit<T, 'record' | 'request'> & {
  record: { escalation_id: string; status: string; escalation_event_id: string; [name: string]: unknown };
  request: Record<string, unknown> | null;
};

/** Of the keys that tests make. */
export const PASSPHRASE = 'correct horse battery staple';

export interface Target {
  tenant: string;
  id: string;
  event?: string;
}
/** What goes with a change: left out, the host makes it. */
export interface Change {
  key?: string;
  expectVersion?: string;
}
export interface Why extends Change {
  reason: string;
  reasonCode?: string;
}
export interface Approval extends Why {
  vep?: string;
  vepHash?: string;
  /** The desk builds the packet and signs it. */
  seal?: boolean;
  eventId?: string;
  overrides?: string[];
}
export interface Rejection extends Why {
  seal?: boolean;
}
export interface Query {
  tenant: string;
  status?: 'active' | 'resolved' | 'expired' | 'all';
  search?: string;
  sort?: 'deadline' | 'oldest' | 'newest' | 'decided';
  limit?: number;
  cursor?: string;
}
export interface Imported {
  read: number;
  imported: number;
  updated: number;
  unchanged: number;
  conflicts: number;
  refused: number;
  evidence: number;
  rows: Record<string, number>;
  findings: { code: string }[];
}

/** The desk as one host serves it, told by what a person does there. Refusals are thrown as Refused. */
export interface DeskDriver {
  import(paths: string[], tenants?: string[]): Promise<Imported>;
  export(query: { tenant: string; format: string; status?: string }, out: string): Promise<Record<string, unknown>>;
  list(query: Query): Promise<{ rows: Plain<Escalation>[]; next: string | null }>;
  show(target: Target): Promise<Plain<EscalationInFull>>;
  record(target: Target & { eventId: string; token?: string }): Promise<Plain<Escalation>>;
  resolve(target: Target, approval: Approval): Promise<Plain<Escalation>>;
  reject(target: Target, rejection: Rejection): Promise<Plain<Escalation>>;
  withdraw(target: Target, why: Why): Promise<Plain<Escalation>>;
  expire(target: Target, change?: Change): Promise<Plain<Escalation>>;
  claim(target: Target, change?: Change): Promise<Plain<Escalation>>;
  release(target: Target, change?: Change): Promise<Plain<Escalation>>;
  correct(target: Target, why: Why): Promise<Plain<Escalation>>;
  attach(target: Target, files: string[], role?: 'escalation' | 'resolution'): Promise<Plain<Escalation>>;
  /** The bytes, and what the host says of them. */
  evidence(target: Target, sha256?: string): Promise<{ bytes: Uint8Array; sha256: string; kind: string; role: string }>;
  /** Pins what a trust file has, and waits until the tenant's evidence is verified with it. */
  trust(tenant: string, file: string): Promise<void>;
  /** Sets which checks the tenant waives by name; all that it waives then. No command does: a desk beside does it there. */
  waive(tenant: string, checks: readonly string[]): Promise<readonly string[]>;
  /** Makes the reviewer a key to seal with; its public part, 64 hex digits. */
  makeKey(tenant: string): Promise<string>;
  /** Verifies the tenant's whole log; signs its head; writes the proof of an escalation's decision to `out`. */
  verifyLog(tenant: string): Promise<LogVerified>;
  checkpoint(tenant: string): Promise<SignedHead>;
  prove(target: Target, out: string): Promise<void>;
  /** Accepts the tenant's log as it is. */
  acceptLog(tenant: string, reason: string): Promise<void>;
  close(): Promise<void>;
}

/** A refusal of the closed set, as the host told it. */
export class Refused extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(code: string, message: string, details: Record<string, unknown>) {
    super(`${code}: ${message}`);
    this.code = code;
    this.details = details;
  }
}

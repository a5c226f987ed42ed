import { z } from 'zod';
import { PacketAnatomy } from '../domain/anatomy.ts';
import { EvidenceRole, Sha256Hex, Tenant, WellFormedText } from '../domain/escalation.ts';
import { EvidenceReport } from '../domain/verdict.ts';
import { Acting, InTenant, mutation, query, StagedId, Target } from './base.ts';

export const evidenceContract = {
  /** What a packet, capsule or token of the escalation is made of: claimed, computed, and where they part. */
  anatomy: query(['reviewer', 'auditor'], ['NOT_FOUND', 'CONFLICT'])
    .input(Target.extend({ sha256: Sha256Hex }))
    .output(PacketAnatomy),
  /**
   * Verifies a staged file with the tenant's pinned keys; nothing is stored. Of a bundle or a proof of the log, `proven`
   * says in one sentence what is proven. `signed_manifest`: of an export beside which its signed manifest lies, what that
   * proves of it.
   */
  verify_file: query(['reviewer', 'auditor', 'operator'], ['NOT_FOUND'])
    .input(InTenant.extend({ staged: StagedId, role: EvidenceRole.default('escalation') }))
    .output(
      z.strictObject({
        name: WellFormedText,
        report: EvidenceReport,
        anatomy: PacketAnatomy.nullable(),
        proven: z.string().nullable(),
        signed_manifest: EvidenceReport.nullable(),
      }),
    ),
  /** Opens a shadow intent's commitment with what the auditor was given; it binds 64 bits only, and says so. */
  open_commitment: query(['reviewer', 'auditor'], ['NOT_FOUND', 'CONFLICT'])
    .input(
      Target.extend({
        sha256: Sha256Hex,
        prompt: WellFormedText.max(1_000_000),
        salt_hex: z.string().regex(/^([0-9a-f]{2}){0,1024}$/, 'is not an even number of lower-case hex digits'),
      }),
    )
    .output(EvidenceReport.shape.checks.element),
  /** Verifies all of the tenant's evidence that is not judged with its present keys, as a job; with `all` everything. */
  verify_again: mutation(['reviewer', 'auditor', 'operator'], ['job', 'keys'], ['NOT_FOUND'])
    .input(Acting.extend({ tenant: Tenant, all: z.boolean().default(false) }))
    .output(z.strictObject({ job_id: z.string() })),
};

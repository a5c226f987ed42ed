import type { Opened } from '../../../shared/contract/escalation.ts';
import type { OwnKey } from '../../../shared/contract/keys.ts';
import type { TenantSettings } from '../../../shared/contract/settings.ts';
import { checksThat } from '../../../shared/domain/checks.ts';
import type { FormFacts } from './form-rules.ts';
import { explainsOverride, failedOf } from './overrides.ts';
import type { CodeChoice } from './reason-fields.tsx';
import { words } from './words.ts';

/** The tenant's reason codes, and OTHER, which every tenant has. */
export function codeChoices(settings: TenantSettings | undefined): readonly CodeChoice[] {
  const own = settings?.reason_codes ?? [];
  return own.some(({ code }) => code === 'OTHER') ? own : [...own, { code: 'OTHER', label: words.other }];
}

interface Page {
  readonly now: number;
  readonly codes: readonly CodeChoice[];
  /** Checks that the tenant waives; none while its settings are not known. */
  readonly waives: readonly string[];
  readonly hiddenCharacters: number;
  readonly changed: boolean;
  readonly key: OwnKey | null;
}

/** What the page knows beside the form, of the view that is shown. */
export function formFacts(shown: Opened, page: Page): FormFacts {
  const { evidence, deadline } = shown.escalation;
  const judgedBy = shown.reports.filter(({ role }) => role === 'escalation').flatMap(({ checks }) => checks);
  const packets = evidence.filter(({ kind, role }) => role === 'escalation' && (kind === 'vep' || kind === 'capsule'));
  const standing = checksThat('unchecked', shown.reports);
  const unchecked = standing.filter((name) => !page.waives.includes(name));
  return {
    key: page.key,
    cannotSeal: shown.cannot_seal,
    failed: failedOf('request', judgedBy),
    beingVerified: !shown.judgement.current,
    asksUnchecked: packets.length === 0 || unchecked.length > 0,
    unchecked,
    waived: standing.filter((name) => page.waives.includes(name)),
    past: deadline !== null && Date.parse(deadline.at) <= page.now,
    codes: page.codes.map(({ code }) => code),
    overrideCodes: page.codes.map(({ code }) => code).filter(explainsOverride),
    requestPackets: packets.map(({ sha256 }) => sha256),
    hiddenCharacters: page.hiddenCharacters,
    changed: page.changed,
  };
}

/** When the token ended, where it has one that did; else null. */
export function tokenEnded(opened: Opened, now: number): string | null {
  const ends = opened.token?.expires_at ?? null;
  return ends !== null && Date.parse(ends) <= now ? ends : null;
}

/** Seconds of the undo hold as the desk will grant it, 0 for none, and seconds to the deadline. */
export interface UndoTime {
  readonly seconds: number;
  readonly left: number;
}

/** The profile's undo time, less near a deadline, and none where the deadline leaves no time for one. */
export function undoTime(profileSeconds: number, shown: Opened, now: number): UndoTime {
  const { deadline } = shown.escalation;
  const leftMs = deadline === null ? Number.POSITIVE_INFINITY : Date.parse(deadline.at) - now;
  const left = Math.max(0, Math.floor(leftMs / 1000));
  if (leftMs <= 0) return { seconds: profileSeconds, left };
  const seconds = Math.floor(Math.min(profileSeconds * 1000, leftMs - BEFORE_DEADLINE_MS) / 1000);
  return { seconds: seconds < SHORTEST_SECONDS ? 0 : seconds, left };
}

const BEFORE_DEADLINE_MS = 5000;
const SHORTEST_SECONDS = 3;

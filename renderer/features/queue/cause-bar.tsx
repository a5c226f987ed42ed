import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import type { OpenCause } from '../../components/checks/ways-out.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { Link } from '../../components/link.tsx';
import { Sign } from '../../components/sign.tsx';
import { usePlace } from '../../queries/desk-context.tsx';
import { useKeysOverview } from '../keys/use-keys.ts';
import { keysPath } from '../verify/keys-path.ts';
import { useOfferBaselines } from '../verify/use-offer-baselines.ts';
import styles from './list-page.module.css';
import type { ShownRow } from './reconcile.ts';
import { type PinnedFacts, type SharedCause, sharedCause } from './shared-cause.ts';
import { QUEUE_WORDS } from './words.ts';

const WORDS = QUEUE_WORDS.cause;

/** What was put aside in this window: ledger, tenant and cause. */
const dismissed = new Set<string>();

/** Why most rows are unchecked, said once above them with the way out, so that grey does not become the usual sight. */
export function CauseBar({ tenant, rows }: { tenant: string; rows: readonly ShownRow[] }) {
  const place = usePlace();
  const [, redraw] = useState(0);
  const pinned = usePinned(tenant);
  if (pinned === null) return null;
  const shared = sharedCause(
    rows.filter(({ gone }) => !gone).map(({ row }) => row),
    pinned,
  );
  const name = shared === null ? '' : `${place} ${tenant} ${shared.causes.join()}`;
  if (shared === null || dismissed.has(name)) return null;
  const dismiss = (): void => {
    dismissed.add(name);
    redraw((n) => n + 1);
  };
  return (
    <section className={styles.cause} aria-label={WORDS.label}>
      <Sign name="unchecked" word="" />
      <p>
        {sentence(shared, pinned)}{' '}
        {shared.causes.map((cause) => (
          <Way key={cause} cause={cause} tenant={tenant} shared={shared} />
        ))}
      </p>
      <IconButton label={WORDS.dismiss} icon={IconX} onClick={dismiss} />
    </section>
  );
}

/** What the tenant has pinned; null until that is known. */
function usePinned(tenant: string): PinnedFacts | null {
  const overview = useKeysOverview(tenant);
  if (overview === undefined) return null;
  const pinned = overview.trust.filter(({ status }) => status === 'pinned').map(({ entry }) => entry.purpose);
  return { gate: pinned.includes('gate'), issuer: pinned.includes('issuer'), baseline: pinned.includes('pcrs') };
}

function sentence({ causes, rows, all }: SharedCause, pinned: PinnedFacts): string {
  const why = causes.map((cause) =>
    cause === 'baseline' && pinned.baseline ? WORDS.otherBaselines : WORDS.why[cause],
  );
  const how = causes.length === 1 ? WORDS.oneReason : WORDS.reasons;
  return `${all ? WORDS.all(rows.length) : WORDS.some(rows.length)} ${how} ${why.join('; ')}.`;
}

interface WayProps {
  readonly cause: OpenCause;
  readonly tenant: string;
  readonly shared: SharedCause;
}

function Way({ cause, tenant, shared }: WayProps) {
  const place = usePlace();
  if (cause === 'gate-key') return <Link to={keysPath(place, tenant, 'gate')}>{WORDS.way.gate}</Link>;
  if (cause === 'issuer-key') return <Link to={keysPath(place, tenant, 'issuer')}>{WORDS.way.issuer}</Link>;
  return cause === 'baseline' ? <OfferAll tenant={tenant} shared={shared} /> : null;
}

/** Packets whose baselines are offered at once; the rest offers its own on its page. */
const MOST = 50;

function OfferAll({ tenant, shared }: Omit<WayProps, 'cause'>) {
  const { busy, problem, offer } = useOfferBaselines(tenant);
  return (
    <>
      <Button look="link" disabled={busy} onClick={() => offer(shared.rows.slice(0, MOST))}>
        {busy ? WORDS.reading : WORDS.way.baseline}
      </Button>
      {problem !== null && (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      )}
    </>
  );
}

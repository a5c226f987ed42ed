import type { ReactNode } from 'react';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import type { Waiting } from '../../components/checks/ways-out.ts';
import { Link } from '../../components/link.tsx';
import { Sign } from '../../components/sign.tsx';
import { usePlace } from '../../queries/desk-context.tsx';
import { keysPath } from './keys-path.ts';
import { type PacketOf, useOfferBaselines } from './use-offer-baselines.ts';
import styles from './verify.module.css';
import { words } from './words.ts';

interface WaysOutProps {
  readonly tenant: string;
  readonly waiting: readonly Waiting[];
  /** The packet whose baseline can be offered; null where it is of no escalation. */
  readonly packet: PacketOf | null;
  /** Attaches a file; null where nothing can be attached now. */
  readonly onAttach: (() => void) | null;
}

/** What could not be checked, said once a cause, each with its one way out. */
export function WaysOut({ tenant, waiting, packet, onAttach }: WaysOutProps) {
  if (waiting.length === 0) return null;
  return (
    <ul className={styles.waysOut} aria-label={words.waysOut}>
      {waiting.map((one) => (
        <li key={`${one.cause} ${one.checks.join()}`}>
          <Sign name="unchecked" word="" className={styles.mark} />
          <p>
            <Cause waiting={one} /> <Way waiting={one} tenant={tenant} packet={packet} onAttach={onAttach} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function Cause({ waiting: { cause, checks, detail } }: { waiting: Waiting }) {
  if (cause === 'packet') return words.cause.packet;
  const lead = checks.length > 1 ? words.manyWait(checks.length) : words.oneWaits(checks[0] ?? '');
  return (
    <>
      {cause === 'other' ? (
        <>
          {words.openCheck(checks[0] ?? '')} <AgentLine text={detail} className={styles.sans} />
        </>
      ) : (
        `${lead} ${words.cause[cause]}`
      )}
      {checks.length > 1 && <span className={styles.quiet}> {checks.join(', ')}.</span>}
    </>
  );
}

function Way({ waiting, tenant, packet, onAttach }: Omit<WaysOutProps, 'waiting'> & { waiting: Waiting }): ReactNode {
  const place = usePlace();
  switch (waiting.cause) {
    case 'gate-key':
      return <Link to={keysPath(place, tenant, 'gate')}>{words.way.gate}</Link>;
    case 'issuer-key':
      return <Link to={keysPath(place, tenant, 'issuer')}>{words.way.issuer}</Link>;
    case 'baseline':
      return packet === null ? (
        <Link to={keysPath(place, tenant, 'pcrs')}>{words.way.baselines}</Link>
      ) : (
        <OfferBaseline tenant={tenant} packet={packet} />
      );
    case 'packet':
      return onAttach === null ? null : (
        <Button look="link" onClick={onAttach}>
          {words.way.attach}
        </Button>
      );
    default:
      return null;
  }
}

function OfferBaseline({ tenant, packet }: { tenant: string; packet: PacketOf }) {
  const { busy, problem, offer } = useOfferBaselines(tenant);
  return (
    <>
      <Button look="link" onClick={() => offer([packet])} disabled={busy}>
        {words.way.baseline}
      </Button>
      {problem !== null && (
        <span className={styles.problem} role="alert">
          {' '}
          {problem}
        </span>
      )}
    </>
  );
}

import { IconAlertOctagonFilled } from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import type { LogHead } from '../../../shared/contract/log.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { Link } from '../../components/link.tsx';
import { usePlace } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { AcceptDialog } from './accept-dialog.tsx';
import styles from './log.module.css';
import { isBroken, useLogHead, useVerification } from './use-log-head.ts';
import { words } from './words.ts';

/**
 * Above every screen of a tenant whose log is not the one remembered, or does not hold: what happened, what is kept. Where
 * the log's own screen says what was found, the bar does not say it again.
 */
export function LogBar({ tenant }: { tenant: string }) {
  const { data } = useLogHead(tenant);
  const onLog = useRouterState({ select: ({ location }) => /\/t\/[^/]+\/log(\/|$)/.test(location.pathname) });
  const saysItself = useVerification(tenant)?.log_result?.verified === false;
  if (data === undefined) return null;
  const { remembered, verified } = data;
  if (remembered === 'rolled-back' || remembered === 'forked') {
    return <OtherLog tenant={tenant} state={remembered} detail={data.remembered_detail ?? ''} />;
  }
  if (verified === null || !isBroken(data) || (onLog && saysItself)) return null;
  return <BrokenLog tenant={tenant} verified={verified} onLog={onLog} />;
}

interface OtherLogProps {
  readonly tenant: string;
  readonly state: 'rolled-back' | 'forked';
  readonly detail: string;
}

function OtherLog({ tenant, state, detail }: OtherLogProps) {
  const [accepting, setAccepting] = useState(false);
  return (
    <div className={styles.logBar} role="alert">
      <IconAlertOctagonFilled size={16} aria-hidden="true" />
      <p>
        <strong>{words.bar[state]}</strong> <AgentLine text={detail} className={styles.sans} /> {words.bar.kept}
      </p>
      <ToLog tenant={tenant} />
      <Button height="small" look="strong" onClick={() => setAccepting(true)}>
        {words.bar.accept}
      </Button>
      {accepting && (
        <AcceptDialog tenant={tenant} detail={detail} says={words.accept} onClose={() => setAccepting(false)} />
      )}
    </div>
  );
}

interface BrokenLogProps {
  readonly tenant: string;
  readonly verified: NonNullable<LogHead['verified']>;
  /** The log is on screen. */
  readonly onLog: boolean;
}

function BrokenLog({ tenant, verified, onLog }: BrokenLogProps) {
  const [accepting, setAccepting] = useState(false);
  const found = verified.first_difference ?? '';
  return (
    <div className={styles.logBar} role="alert">
      <IconAlertOctagonFilled size={16} aria-hidden="true" />
      <p>
        <strong>{words.bar.broken}</strong> <AgentLine text={found} className={styles.sans} /> {words.bar.brokenKept}
      </p>
      {!onLog && <ToLog tenant={tenant} />}
      <Button height="small" look="strong" onClick={() => setAccepting(true)}>
        {words.bar.accept}
      </Button>
      {accepting && (
        <AcceptDialog tenant={tenant} detail={found} says={words.acceptBroken} onClose={() => setAccepting(false)} />
      )}
    </div>
  );
}

function ToLog({ tenant }: { tenant: string }) {
  return <Link to={paths.log(usePlace(), tenant)}>{words.bar.look}</Link>;
}

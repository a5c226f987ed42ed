import type { ReactNode } from 'react';
import type { TokenFacts } from '../../../shared/contract/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { instantWords } from '../../components/time.ts';
import styles from './escalation.module.css';
import { words } from './words.ts';

const TEXTS = ['schema', 'ledger_event_id', 'aid', 'circuit_id', 'intent_hash', 'source_capsule_root'] as const;

/** The continuation token as it reads: what it would let the agent do, and until when. Nothing of it is verified. */
export function TokenCard({ token, now }: { token: TokenFacts | null; now: number }) {
  if (token === null) return null;
  const part = words.tokenPart;
  return (
    <section aria-labelledby="token-title">
      <h2 id="token-title" className={styles.sectionTitle}>
        {words.token} <span className={styles.titleNote}>{words.tokenNote(token.generation)}</span>
      </h2>
      <dl className={styles.members}>
        <Part label={part.capabilities}>{line(token.capabilities.join(', '))}</Part>
        <Part label={part.issuer}>{line(token.issuer)}</Part>
        <Part label={part.issued_at}>{moment(token.issued_at, now)}</Part>
        <Part label={part.expires_at}>{moment(token.expires_at, now)}</Part>
        {TEXTS.map((name) => (
          <Part key={name} label={part[name]}>
            {line(token[name])}
          </Part>
        ))}
        <Part label={part.nonce}>{line(token.nonce)}</Part>
        {token.resolution_event_id !== null && (
          <Part label={part.resolution_event_id}>{line(token.resolution_event_id)}</Part>
        )}
        {token.unknown_members.length > 0 && (
          <Part label={part.unknown_members}>{line(token.unknown_members.join(', '))}</Part>
        )}
      </dl>
    </section>
  );
}

function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function line(text: string | null) {
  return text === null || text === '' ? <span className={styles.quiet}>{words.none}</span> : <AgentLine text={text} />;
}

function moment(at: string | null, now: number) {
  if (at === null) return line(null);
  return (
    <time dateTime={at} title={at}>
      {instantWords(at, now, true)}
    </time>
  );
}

import { memo, useState } from 'react';
import type { Request } from '../../../shared/domain/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { AgentText } from '../../components/agent-text/agent-text.tsx';
import { Button } from '../../components/button.tsx';
import styles from './escalation.module.css';
import { laidOut, otherMembers } from './raw-data.ts';
import { words } from './words.ts';

/** What else the event's data say: members without a place of their own, or all of them as they are. */
export const RawCard = memo(function RawCard({ request }: { request: Request | null }) {
  const [whole, setWhole] = useState(false);
  if (request === null) return null;
  return (
    <section aria-labelledby="raw-title">
      <div className={styles.sectionHead}>
        <h2 id="raw-title">
          {words.raw} <span className={styles.titleNote}>{words.rawNote}</span>
        </h2>
        <Button look="link" onClick={() => setWhole(!whole)}>
          {whole ? words.rawHide : words.rawWhole}
        </Button>
      </div>
      {whole ? <AgentText text={laidOut(request.raw)} label={words.rawLabel} /> : <Members raw={request.raw} />}
      <p className={styles.sourceHash} data-altered={request.source_hash === 'altered'}>
        {words.sourceHash[request.source_hash]}
      </p>
    </section>
  );
});

function Members({ raw }: { raw: string }) {
  const members = otherMembers(raw);
  if (members.length === 0) return <p className={styles.quiet}>{words.noRaw}</p>;
  return (
    <dl className={styles.members}>
      {members.map(({ path, value }) => (
        <div key={path}>
          <dt>
            <AgentLine text={path} />
          </dt>
          <dd>
            <AgentLine text={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

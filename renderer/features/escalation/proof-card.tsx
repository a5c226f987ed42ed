import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Opened } from '../../../shared/contract/escalation.ts';
import { Button } from '../../components/button.tsx';
import { Link } from '../../components/link.tsx';
import { Sign } from '../../components/sign.tsx';
import { useDesk } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { Card, Fact } from '../log/card.tsx';
import log from '../log/log.module.css';
import { SignedBy } from '../log/signed-by.tsx';
import { useSaveProof } from '../log/use-save-proof.ts';
import { words } from '../log/words.ts';

const WORDS = words.stands;

interface ProofCardProps {
  readonly tenant: string;
  readonly proof: NonNullable<Opened['proof']>;
}

/** Who signed the decision, where it stands in the log, and its proof as a file. */
export function ProofCard({ tenant, proof: { seq, brought, statement, fingerprint } }: ProofCardProps) {
  const { place } = useDesk();
  const save = useSaveProof(tenant, seq);
  return (
    <Card title={WORDS.title} {...(statement === null ? {} : { verdict: statement.verdict })}>
      <dl className={log.facts}>
        <Fact name={WORDS.recorded}>
          <Link to={paths.log(place, tenant, seq)}>{WORDS.event(seq)}</Link>
        </Fact>
        <Fact name={WORDS.place}>
          <Place tenant={tenant} seq={seq} />
        </Fact>
        {statement === null ? (
          <Fact name={WORDS.before}>{brought ? WORDS.broughtUnsigned : WORDS.unsigned}</Fact>
        ) : (
          <Fact name={words.says.signer}>
            <SignedBy tenant={tenant} statement={statement} brought={brought} fingerprint={fingerprint} />
            {brought && <p className={log.quiet}>{WORDS.brought}</p>}
            {!brought && statement.signed_by === 'desk' && <p className={log.quiet}>{WORDS.byDesk}</p>}
          </Fact>
        )}
      </dl>
      <div className={log.cardActs}>
        <Button look="strong" height="small" icon={IconDownload} onClick={save.go} disabled={save.busy}>
          {words.proveIt}
        </Button>
        <span className={save.failed ? log.wrong : log.quiet} role="status">
          {save.note}
        </span>
      </div>
    </Card>
  );
}

/** Whether the event's proof holds under the log's root. */
function Place({ tenant, seq }: { tenant: string; seq: string }) {
  const { q } = useDesk();
  const { data } = useQuery(q.log.get.queryOptions({ input: { tenant, seq } }));
  if (data === undefined) return null;
  const { verdict, size } = data.inclusion;
  return <Sign name={verdict} word={verdict === 'verified' ? WORDS.proven(size) : WORDS.notProven} />;
}

import { IconPrinter } from '@tabler/icons-react';
import type { EvidenceReport } from '../../../shared/domain/verdict.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { bytesText } from '../../components/numbers.ts';
import { Sign } from '../../components/sign.tsx';
import { wholeMoment } from '../../components/time.ts';
import { usePrintedFoot } from '../../components/use-printed-foot.ts';
import { useDeskInfo } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import styles from './proven.module.css';
import { provenTitle } from './proven-title.ts';
import { PROVEN_WORDS as WORDS } from './words.ts';

interface ProvenProps {
  readonly name: string;
  readonly report: EvidenceReport;
  /** In one sentence; null: there is none for such a file. */
  readonly proven: string | null;
}

/** What a file of the log proves, as a page that an auditor can print: the sentence, each check, the digests. */
export function Proven({ name, report, proven }: ProvenProps) {
  usePrintedFoot(`SHA-256 ${report.sha256}`);
  return (
    <article className={styles.page} data-printed="file">
      <header className={styles.head}>
        <h2>{provenTitle(report)}</h2>
        <Button height="small" icon={IconPrinter} onClick={() => window.print()}>
          {WORDS.print}
        </Button>
      </header>
      <div className={styles.verdict}>
        <Sign name={report.verdict} size={20} />
        {proven !== null && (
          <p>
            <AgentLine text={proven} className={styles.sans} />
          </p>
        )}
      </div>
      <Facts name={name} report={report} />
      <Checks report={report} />
      <p className={styles.quiet}>{WORDS.trust}</p>
    </article>
  );
}

function Facts({ name, report: { sha256, bytes, root, key, findings } }: Omit<ProvenProps, 'proven'>) {
  const now = useDeskNow('minute');
  const version = useDeskInfo()?.version ?? '';
  return (
    <dl className={styles.facts}>
      <dt>{WORDS.file}</dt>
      <dd>
        <AgentLine text={name} className={styles.sans} />, {bytesText(bytes)}
      </dd>
      <dt>{WORDS.sha256}</dt>
      <dd>
        <code translate="no">{sha256}</code>
      </dd>
      {root !== null && (
        <>
          <dt>{WORDS.root}</dt>
          <dd>
            <code translate="no">{root}</code>
          </dd>
        </>
      )}
      {key !== null && (
        <>
          <dt>{WORDS.key}</dt>
          <dd>
            <AgentLine text={key.name} className={styles.sans} /> <code translate="no">{key.public_hex}</code>
          </dd>
        </>
      )}
      {findings.length > 0 && (
        <>
          <dt>{WORDS.findings}</dt>
          <dd>
            <code>{findings.join(', ')}</code>
          </dd>
        </>
      )}
      <dt>{WORDS.verifiedAt}</dt>
      <dd>{wholeMoment(now)}</dd>
      <dt>{WORDS.by}</dt>
      <dd>VEX Review Desk {version}</dd>
    </dl>
  );
}

function Checks({ report: { checks } }: Pick<ProvenProps, 'report'>) {
  const { check, verdict, detail } = WORDS.columns;
  return (
    <table className={styles.checks}>
      <caption className="visually-hidden">{WORDS.checks}</caption>
      <thead>
        <tr>
          <th>{check}</th>
          <th>{verdict}</th>
          <th>{detail}</th>
        </tr>
      </thead>
      <tbody>
        {checks.map((made) => (
          <tr key={made.name}>
            <td>
              <code>{made.name}</code>
            </td>
            <td>
              <Sign name={made.verdict} />
            </td>
            <td>
              <AgentLine text={made.detail} className={styles.sans} />
              {(made.parts ?? []).map((part) => (
                <AgentLine key={`${part.code} ${part.detail}`} text={part.detail} className={styles.part} />
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

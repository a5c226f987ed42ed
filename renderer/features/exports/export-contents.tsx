import { IconInfoCircle } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { LogHead } from '../../../shared/contract/log.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { numberText } from '../../components/numbers.ts';
import { clockText } from '../../components/time.ts';
import { useDesk } from '../../queries/desk-context.tsx';
import { useLogHead } from '../log/use-log-head.ts';
import { type ExportChoice, exportQuery, queryText, takesAll } from './export-query.ts';
import styles from './exports.module.css';
import { type Previous, previousText } from './previous.ts';
import { EXPORT_WORDS } from './words.ts';

const WORDS = EXPORT_WORDS.dialog;

interface ExportContentsProps {
  readonly tenant: string;
  readonly choice: ExportChoice;
  readonly previous: Previous | null;
}

/** What the file would hold if it were written now: how many records, which part of the log, under which head. */
export function ExportContents({ tenant, choice, previous }: ExportContentsProps) {
  const { q, place } = useDesk();
  const input = exportQuery(tenant, choice);
  const { data, error, dataUpdatedAt } = useQuery(
    q.transfer.preview.queryOptions({ input, placeholderData: keepPreviousData, staleTime: 0 }),
  );
  const head = useLogHead(tenant).data;
  const { from, to } = input;
  return (
    <aside className={styles.contents}>
      {error !== null && <ErrorState error={error} />}
      {data !== undefined && (
        <div>
          <h2>{WORDS.records(numberText(data.records), data.exact)}</h2>
          <p className={styles.quiet}>{WORDS.counted(clockText(new Date(dataUpdatedAt)))}</p>
        </div>
      )}
      <dl className={styles.facts}>
        <dt>{WORDS.query}</dt>
        <dd>
          <code>{queryText(input)}</code>
        </dd>
        {choice.kind === 'bundle' && head !== undefined && (
          <>
            <dt>{WORDS.events}</dt>
            <dd>{eventsText(head, previous !== null, takesAll(input))}</dd>
          </>
        )}
        {head !== undefined && (
          <>
            <dt>{WORDS.checkpoint}</dt>
            <dd>{checkpointText(head)}</dd>
          </>
        )}
        {choice.kind === 'bundle' && previous !== null && (
          <>
            <dt>{WORDS.continues}</dt>
            <dd>
              <AgentLine text={previousText(previous)} className={styles.sans} />
            </dd>
          </>
        )}
      </dl>
      {(from !== undefined || to !== undefined) && (
        <p className={styles.quiet}>
          {WORDS.zone} <code>{`${from ?? '…'}/${to ?? '…'}`}</code>
        </p>
      )}
      <p className={styles.info}>
        <IconInfoCircle size={16} aria-hidden="true" />
        <span>{provesText(choice, previous !== null, takesAll(input))}</span>
      </p>
      {place === 'sample' && <p className={styles.quiet}>{WORDS.sample}</p>}
    </aside>
  );
}

function eventsText({ size }: LogHead, continued: boolean, all: boolean): string {
  const last = numberText(Math.max(0, Number(size) - 1));
  if (continued) return WORDS.eventsSince(last);
  return all ? WORDS.eventsWhole(last) : WORDS.eventsHashed(last);
}

/** A head that was signed already serves again; the desk's first key is itself an event that comes before. */
function checkpointText({ size, checkpoint }: LogHead): string {
  const shown = numberText(Number(size));
  return checkpoint?.size === size ? WORDS.checkpointKnown(shown) : WORDS.checkpointNew(shown);
}

function provesText({ kind }: ExportChoice, continued: boolean, all: boolean): string {
  if (kind !== 'bundle') return WORDS.proves[kind];
  if (continued) return WORDS.proves.continued;
  return all ? WORDS.proves.bundle : `${WORDS.proves.bundle} ${WORDS.proves.hashed}`;
}

import { IconInfoCircle } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { LogHead } from '../../../shared/contract/log.ts';
import type { ExportContents, ExportQuery } from '../../../shared/contract/transfer.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { numberText } from '../../components/numbers.ts';
import { clockText } from '../../components/time.ts';
import { useDesk } from '../../queries/desk-context.tsx';
import { useLogHead } from '../log/use-log-head.ts';
import { ContentsCounts, outcomesText } from './contents-counts.tsx';
import { type ExportChoice, exportQuery, queryText, takesAll } from './export-query.ts';
import styles from './exports.module.css';
import { type Previous, previousText } from './previous.ts';
import { useContents } from './use-contents.ts';
import { EXPORT_WORDS } from './words.ts';

const WORDS = EXPORT_WORDS.dialog;

interface ExportPreviewProps {
  readonly tenant: string;
  readonly choice: ExportChoice;
  readonly previous: Previous | null;
}

/** What the file would hold if it were written now: how many records, which part of the log, under which head. */
export function ExportPreview({ tenant, choice, previous }: ExportPreviewProps) {
  const { q, place } = useDesk();
  const input = exportQuery(tenant, choice);
  const { data, error, dataUpdatedAt } = useQuery(
    q.transfer.preview.queryOptions({ input, placeholderData: keepPreviousData, staleTime: 0 }),
  );
  const { data: contents, found, error: countError } = useContents(input);
  const head = useLogHead(tenant).data;
  const { from, to } = input;
  return (
    <aside className={styles.contents} aria-label={WORDS.contents}>
      {(error ?? countError) !== null && <ErrorState error={error ?? countError} />}
      {data !== undefined && (
        <div aria-live="polite">
          <h2>{recordsText(data, contents)}</h2>
          <p className={styles.quiet}>
            {contents === undefined ? WORDS.counting(numberText(found)) : outcomesText(contents)}
          </p>
          <p className={styles.quiet}>{WORDS.counted(clockText(new Date(dataUpdatedAt)))}</p>
        </div>
      )}
      <dl className={styles.facts}>
        <dt>{WORDS.query}</dt>
        <dd>
          <code>{queryText(input)}</code>
        </dd>
        {contents !== undefined && <ContentsCounts choice={choice} contents={contents} />}
        {choice.kind === 'bundle' && head !== undefined && (
          <>
            <dt>{WORDS.events}</dt>
            <dd>{eventsText(head, previous !== null, input, contents)}</dd>
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

/** A whole count is exact; the quick one before it may be a lower bound. */
function recordsText(quick: { records: number; exact: boolean }, contents: ExportContents | undefined): string {
  const { records, exact } = contents === undefined ? quick : { records: contents.records, exact: true };
  return WORDS.records(numberText(records), exact);
}

/** Which part of the log is in a bundle. One that narrows by time alone has what happened then whole, whatever it is about. */
function eventsText({ size }: LogHead, continued: boolean, query: ExportQuery, contents?: ExportContents): string {
  const last = numberText(Math.max(0, Number(size) - 1));
  if (continued) return WORDS.eventsSince(last);
  if (takesAll(query)) return WORDS.eventsWhole(last);
  const byTimeAlone = query.status === 'all' && query.search === undefined;
  if (byTimeAlone || contents === undefined) return WORDS.eventsOfTime(last);
  return WORDS.eventsHashed(last, numberText(contents.events));
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

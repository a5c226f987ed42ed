import { Modal } from '@mantine/core';
import { useState } from 'react';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { CheckList } from '../../components/checks/check-list.tsx';
import { waitingFor } from '../../components/checks/ways-out.ts';
import { whyFailed } from '../../components/checks/why.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Hash } from '../../components/hash.tsx';
import { Loading } from '../../components/loading.tsx';
import { bytesText } from '../../components/numbers.ts';
import { Sign } from '../../components/sign.tsx';
import { Proven } from '../exports/proven.tsx';
import { isLogFile } from '../exports/proven-title.ts';
import { useShownTenant } from '../frame/use-shown-tenant.ts';
import { AnatomyView } from './anatomy-view.tsx';
import { DroppedActs } from './dropped-acts.tsx';
import { forgetDropped, useDropped, type VerifiedFile } from './dropped-store.ts';
import styles from './verify.module.css';
import { WaysOut } from './ways-out.tsx';
import { words } from './words.ts';

const WORDS = words.file;

/** What dropped files are worth, before anything becomes of them: verdict, checks, and the ways on. */
export function DroppedDialog() {
  const { state, files, error } = useDropped();
  const title = state === 'busy' ? WORDS.reading : WORDS.title(files.length);
  return (
    <Modal opened={state !== 'idle'} onClose={forgetDropped} size={820} title={title}>
      {state === 'busy' && <Loading />}
      {state === 'failed' && <ErrorState error={error} />}
      {state === 'shown' && <Files files={files} />}
    </Modal>
  );
}

/** The dialog opened before the verdicts came: Enter must close it by then, wherever the focus was. */
const focusClose = (body: HTMLElement | null): void => body?.querySelector<HTMLElement>('[data-autofocus]')?.focus();

function Files({ files }: { files: readonly VerifiedFile[] }) {
  const [at, setAt] = useState(0);
  const one = files[at] ?? files[0];
  if (one === undefined) return null;
  return (
    <div className={styles.body} ref={focusClose}>
      {files.length > 1 && (
        <ul className={styles.files} aria-label={WORDS.which}>
          {files.map(({ file, report }, n) => (
            <li key={file.staged}>
              <button type="button" aria-pressed={n === at} onClick={() => setAt(n)}>
                <AgentLine text={file.name} className="mono" />
                <Sign name={report.verdict} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <OneFile key={one.file.staged} one={one} />
      <DroppedActs files={files} />
    </div>
  );
}

/** Why it failed; of what is no evidence at all only that. */
function Why({ report: { kind, checks } }: Pick<VerifiedFile, 'report'>) {
  if (kind === 'unknown') return <p className={styles.fault}>{WORDS.unknown}</p>;
  const failed = checks.filter(({ verdict }) => verdict === 'failed');
  return failed.map((check) => (
    <p key={check.name} className={styles.fault}>
      <strong>{whyFailed(check).lead}</strong> {whyFailed(check).means}
    </p>
  ));
}

function OneFile({ one }: { one: VerifiedFile }) {
  const { file, report, proven } = one;
  return isLogFile(report.kind) ? <Proven name={file.name} report={report} proven={proven} /> : <OnePiece one={one} />;
}

function OnePiece({ one: { file, report, anatomy } }: { one: VerifiedFile }) {
  const [details, setDetails] = useState(false);
  const tenant = useShownTenant() ?? '';
  const waiting = waitingFor([{ ...report, role: 'escalation' }]).filter(({ cause }) => cause !== 'packet');
  return (
    <>
      <div className={styles.summary}>
        <div>
          <p>
            <AgentLine text={file.name} className="mono" />
          </p>
          <p className={styles.quiet}>
            {WORDS.about(WORDS.kind[report.kind], bytesText(report.bytes))} · {WORDS.sha256}{' '}
            <Hash value={report.sha256} short />
            <CopyButton text={report.sha256} label={WORDS.copySha} />
          </p>
        </div>
        <Sign name={report.verdict} size={20} note={WORDS.stored} />
      </div>
      <Why report={report} />
      <div className={styles.checksBox}>
        <CheckList label={WORDS.checks} reports={[report]} full />
        <WaysOut tenant={tenant} waiting={waiting} packet={null} onAttach={null} />
      </div>
      {report.findings.length > 0 && (
        <p className={styles.quiet}>
          {WORDS.findings}: <code>{report.findings.join(', ')}</code>
        </p>
      )}
      {anatomy !== null && (
        <div>
          <Button look="link" onClick={() => setDetails(!details)} aria-expanded={details}>
            {details ? WORDS.less : WORDS.more}
          </Button>
        </div>
      )}
      {anatomy !== null && details && <AnatomyView anatomy={anatomy} bytes={null} />}
    </>
  );
}

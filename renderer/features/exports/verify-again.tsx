import { IconShieldSearch } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { Manifest } from '../../../shared/contract/transfer.ts';
import type { EvidenceReport } from '../../../shared/domain/verdict.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { Sign } from '../../components/sign.tsx';
import { useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import styles from './exports.module.css';
import { EXPORT_WORDS } from './words.ts';

const WORDS = EXPORT_WORDS.page;

/**
 * Takes the file from where it lies now, with its manifest and signature where they are chosen too: whether it is the one
 * that was exported, and what it proves.
 */
export function VerifyAgain({ tenant, manifest }: { tenant: string; manifest: Manifest }) {
  const { api, transport } = useDesk();
  const verify = useMutation({
    mutationFn: async () => {
      const files = await transport.pickFiles();
      const file = files.find(({ name }) => name === manifest.file) ?? files[0];
      return file === undefined ? null : api.evidence.verify_file({ tenant, staged: file.staged });
    },
  });
  const { data, error } = verify;
  const same = data?.report.sha256 === manifest.sha256;
  return (
    <>
      <Button look="strong" icon={IconShieldSearch} onClick={() => verify.mutate()} disabled={verify.isPending}>
        {WORDS.again}
      </Button>
      <p className={styles.wide}>{WORDS.againNote}</p>
      {error !== null && (
        <p role="alert" className={styles.bad}>
          {errorFacts(error).message}
        </p>
      )}
      {data != null && (
        <div className={styles.again} role="status">
          <p className={same ? undefined : styles.bad}>{same ? WORDS.same : WORDS.other(data.report.sha256)}</p>
          {data.proven !== null && <Said verdict={data.report.verdict} text={data.proven} />}
          {data.signed_manifest !== null && <SignedManifest report={data.signed_manifest} />}
        </div>
      )}
    </>
  );
}

/** What the signature beside it is worth: that of the worst check, in its words. */
function SignedManifest({ report: { verdict, checks } }: { report: EvidenceReport }) {
  const worst = checks.find((check) => check.verdict === verdict);
  return <Said verdict={verdict} text={`${WORDS.signed} ${worst?.detail ?? ''}`} />;
}

function Said({ verdict, text }: { verdict: EvidenceReport['verdict']; text: string }) {
  return (
    <Sign name={verdict} note={<AgentLine text={text} className={styles.sentence} />} className={styles.wrapping} />
  );
}

import { IconShieldSearch } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { Manifest } from '../../../shared/contract/transfer.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { Sign } from '../../components/sign.tsx';
import { useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import styles from './exports.module.css';
import { EXPORT_WORDS } from './words.ts';

const WORDS = EXPORT_WORDS.card;

/** Takes the file from where it lies now: whether it is the one that was exported, and of a bundle what it proves. */
export function VerifyAgain({ tenant, manifest }: { tenant: string; manifest: Manifest }) {
  const { api, transport } = useDesk();
  const verify = useMutation({
    mutationFn: async () => {
      const [file] = await transport.pickFiles();
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
      {error !== null && (
        <p role="alert" className={styles.bad}>
          {errorFacts(error).message}
        </p>
      )}
      {data != null && (
        <div className={styles.again} role="status">
          <p className={same ? undefined : styles.bad}>{same ? WORDS.same : WORDS.other(data.report.sha256)}</p>
          {data.proven !== null && (
            <Sign
              name={data.report.verdict}
              note={<AgentLine text={data.proven} className={styles.sentence} />}
              className={styles.wrapping}
            />
          )}
        </div>
      )}
    </>
  );
}

import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../../queries/desk-context.tsx';
import { earlierBundles, type Previous, previousText } from './previous.ts';
import { EXPORT_WORDS } from './words.ts';

const WORDS = EXPORT_WORDS.dialog;
const FIRST = 'first';
const FILE = 'file';

interface ContinuesProps {
  readonly tenant: string;
  readonly previous: Previous | null;
  readonly onChange: (previous: Previous | null) => void;
}

/** A bundle goes on from the checkpoint that its reader has, where they have one. */
export function Continues({ tenant, previous, onChange }: ContinuesProps) {
  const { q, transport } = useDesk();
  const { data: jobs = [] } = useQuery(q.job.list.queryOptions({ input: { kind: 'export' } }));
  const earlier = earlierBundles(jobs, tenant);
  const choose = (value: string): void => {
    const job = earlier.find(({ job_id }) => job_id === value);
    if (value === FILE)
      void transport.pickFiles().then(([file]) => file !== undefined && onChange({ kind: FILE, file }));
    else onChange(job === undefined ? null : { kind: 'export', job });
  };
  const file = previous?.kind === FILE ? previousText(previous) : WORDS.byFile;
  return (
    <NativeSelect
      label={WORDS.continues}
      description={WORDS.continuesNote}
      value={previous === null ? FIRST : previous.kind === FILE ? FILE : previous.job.job_id}
      data={[
        { value: FIRST, label: WORDS.fromFirst },
        ...earlier.map((job) => ({ value: job.job_id, label: previousText({ kind: 'export', job }) })),
        { value: FILE, label: file },
      ]}
      onChange={({ target }) => choose(target.value)}
    />
  );
}

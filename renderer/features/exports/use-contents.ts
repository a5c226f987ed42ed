import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExportContents, ExportQuery } from '../../../shared/contract/transfer.ts';
import { useDesk } from '../../queries/desk-context.tsx';

/** What an export would hold, counted anew for each query and step by step; leaving it ends the counting. */
export function useContents(input: ExportQuery) {
  const { api, place } = useDesk();
  const [found, setFound] = useState(0);
  const { tenant, status, from, to, search } = input;
  const query = useQuery({
    // The form of the file, and what is left out of it, change nothing of what is counted.
    queryKey: [[place, 'transfer', 'contents'], { tenant, status, from, to, search }],
    staleTime: 0,
    queryFn: async ({ signal }): Promise<ExportContents> => {
      let answer = await api.transfer.contents(input, { signal });
      while (answer.contents === null) {
        setFound(answer.found);
        answer = await api.transfer.contents({ ...input, run: answer.run }, { signal });
      }
      return answer.contents;
    },
  });
  return { ...query, found };
}

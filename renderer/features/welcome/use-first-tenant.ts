import { useState } from 'react';
import { useDeskInfo } from '../../queries/desk-context.tsx';

export interface FirstTenant {
  /** As it is typed. */
  readonly typed: string;
  readonly type: (name: string) => void;
  /** What was typed, once it can be a name; else empty. */
  readonly name: string;
  /** That tenant where the ledger has it already, else the one that is there; null: none is. */
  readonly known: string | null;
}

/** The tenant of the first run: asked for once, by the first step that needs it. */
export function useFirstTenant(): FirstTenant {
  const tenants = useDeskInfo()?.tenants ?? [];
  const [typed, type] = useState(tenants[0] ?? '');
  const name = typed.trim().toWellFormed();
  return { typed, type, name, known: tenants.find((tenant) => tenant === name) ?? tenants[0] ?? null };
}

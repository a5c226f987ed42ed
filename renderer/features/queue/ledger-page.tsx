import { ListPage } from './list-page.tsx';

/** Every escalation of the tenant, decided ones too. */
export function LedgerPage() {
  return <ListPage kind="ledger" />;
}

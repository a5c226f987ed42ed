import { openSqliteStore } from '../../../electron/store/sqlite/open.ts';
import { temporaryFolder } from '../../store/temporary-folder.ts';
import { describeLedgerStore } from './describe-ledger-store.ts';

const folder = temporaryFolder();
let stores = 0;

describeLedgerStore('SQLite', ({ clock, ids }) => {
  stores += 1;
  return openSqliteStore({ path: folder.path(`${stores}.ledger`), clock, ids });
});

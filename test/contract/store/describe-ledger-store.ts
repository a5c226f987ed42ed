import { describe } from 'vitest';
import type { LedgerStore } from '../../../electron/store/ledger-store.ts';
import type { Clock, IdSource } from '../../../shared/domain/clock.ts';
import { counting } from './counting.ts';
import { decisions } from './decisions.ts';
import { exporting } from './exporting.ts';
import { hardTexts } from './hard-texts.ts';
import { holds } from './holds.ts';
import { importing } from './importing.ts';
import { judging } from './judging.ts';
import { judgingAgain } from './judging-again.ts';
import { lists } from './lists.ts';
import { log } from './log.ts';
import { ownKeys } from './own-keys.ts';
import { retention } from './retention.ts';
import { scheduling } from './scheduling.ts';
import { searchSorts } from './search-sorts.ts';
import { statements } from './statements.ts';
import { tenancy } from './tenancy.ts';
import { theDesk } from './the-desk.ts';
import { toJudge } from './to-judge.ts';
import { trust } from './trust.ts';

/** An engine under test: each call opens an empty store of its own, which the suite closes. */
export type OpenStore = (parts: { clock: Clock; ids: IdSource }) => Promise<LedgerStore>;

/** What every engine must do, whatever it is made of. */
export function describeLedgerStore(name: string, open: OpenStore): void {
  describe(`LedgerStore on ${name}`, () => {
    describe('importing', () => importing(open));
    describe('decisions', () => decisions(open));
    describe('holds and drafts', () => holds(open));
    describe('lists', () => lists(open));
    describe('sorted searches', () => searchSorts(open));
    describe('exporting', () => exporting(open));
    describe('counting', () => counting(open));
    describe('hard texts', () => hardTexts(open));
    describe('judging', () => judging(open));
    describe('judging again', () => judgingAgain(open));
    describe('what is to be judged', () => toJudge(open));
    describe('trust', () => trust(open));
    describe('own keys', () => ownKeys(open));
    describe('the log', () => log(open));
    describe('statements', () => statements(open));
    describe('keeping', () => retention(open));
    describe('tenants', () => tenancy(open));
    describe('scheduled exports', () => scheduling(open));
    describe('profiles, settings, jobs', () => theDesk(open));
  });
}

import type { Router } from '@orpc/server';
import type { Contract } from '../../shared/contract/index.ts';
import { DeskError } from '../../shared/domain/errors.ts';
import * as backup from '../features/backup/handlers.ts';
import * as decision from '../features/decision/handlers.ts';
import { info } from '../features/desk/handlers.ts';
import * as escalation from '../features/escalation/handlers.ts';
import * as evidence from '../features/evidence/handlers.ts';
import * as job from '../features/job/handlers.ts';
import * as keys from '../features/keys/overview.ts';
import * as ownKeys from '../features/keys/own-key-handlers.ts';
import * as recovery from '../features/keys/recovery.ts';
import * as trustFiles from '../features/keys/trust-files.ts';
import * as trust from '../features/keys/trust-handlers.ts';
import * as log from '../features/log/handlers.ts';
import * as profile from '../features/profile/handlers.ts';
import * as queue from '../features/queue/handlers.ts';
import * as report from '../features/report/handlers.ts';
import * as retention from '../features/retention/handlers.ts';
import * as schedule from '../features/schedule/handlers.ts';
import * as settings from '../features/settings/handlers.ts';
import { contents } from '../features/transfer/export/contents.ts';
import * as transfer from '../features/transfer/handlers.ts';
import { type Boundary, type Ledgers, makeBoundary } from './boundary.ts';
import type { Ledger } from './ledger.ts';

type LedgerProcedures = Boundary['main'];
export type DeskRouter = Router<Contract, Record<never, never>>;

/** Answers every call of the contract, on the reviewer's own ledger and on the sample. */
export function makeRouter(ledgers: Ledgers): DeskRouter {
  const os = makeBoundary(ledgers);
  const main = () => ledgers.main;
  return os.router({
    main: {
      ...areas(os.main, main, ledgers),
      desk: { ...deskArea(os.main, main, ledgers), ...sampleDoor(os.main, ledgers) },
    },
    sample: {
      ...areas(os.sample, ledgers.sample, ledgers),
      desk: { ...deskArea(os.sample, ledgers.sample, ledgers), ...noDoor(os.sample) },
    },
  });
}

/** The areas of one ledger: each procedure's handler, by the contract's names. */
function areas(os: LedgerProcedures, ledger: () => Ledger, { services }: Ledgers) {
  const folders = { hasDialog: services.host === 'desktop' };
  const on = () => ledger().context;
  const holds = () => ledger().holds;
  return {
    queue: {
      list: os.queue.list.handler(({ input }) => queue.list(on(), input)),
      list_in_full: os.queue.list_in_full.handler(({ input }) => queue.listInFull(on(), input)),
      counts: os.queue.counts.handler(({ input }) => queue.counts(on(), input)),
    },
    escalation: {
      get: os.escalation.get.handler(({ input }) => escalation.get(on(), holds(), input)),
      evidence: os.escalation.evidence.handler(({ input }) => escalation.evidence(on(), input)),
      record: os.escalation.record.handler(({ input }) => escalation.record(on(), input)),
      claim: os.escalation.claim.handler(({ input }) => escalation.claim(on(), input)),
      release: os.escalation.release.handler(({ input }) => escalation.release(on(), input)),
      attach: os.escalation.attach.handler(({ input }) => escalation.attach(on(), input)),
    },
    evidence: {
      anatomy: os.evidence.anatomy.handler(({ input }) => evidence.anatomy(on(), input)),
      verify_file: os.evidence.verify_file.handler(({ input }) => evidence.verifyFile(on(), input)),
      open_commitment: os.evidence.open_commitment.handler(({ input }) => evidence.openCommitment(on(), input)),
      verify_again: os.evidence.verify_again.handler(({ input }) => evidence.verifyAgain(on(), input)),
    },
    decision: {
      decide: os.decision.decide.handler(({ input }) => decision.decide(on(), input)),
      hold: os.decision.hold.handler(({ input }) => decision.hold(on(), holds(), input)),
      cancel: os.decision.cancel.handler(({ input }) => decision.cancel(on(), holds(), input)),
      record_now: os.decision.record_now.handler(({ input }) => decision.recordNow(on(), holds(), input)),
      pending: os.decision.pending.handler(({ input }) => decision.pending(on(), holds(), input)),
      correct: os.decision.correct.handler(({ input }) => decision.correct(on(), input)),
      inspect: os.decision.inspect.handler(({ input }) => decision.inspect(on(), input)),
      draft: os.decision.draft.handler(({ input }) => decision.draft(on(), input)),
      save_draft: os.decision.save_draft.handler(({ input }) => decision.saveDraft(on(), input)),
    },
    transfer: {
      import: os.transfer.import.handler(({ input }) => transfer.startImport(on(), input)),
      report: os.transfer.report.handler(({ input }) => transfer.report(on(), input)),
      preview: os.transfer.preview.handler(({ input }) => transfer.preview(on(), input)),
      contents: os.transfer.contents.handler(({ input }) => contents(on(), input)),
      export: os.transfer.export.handler(({ input }) => transfer.startExport(on(), input)),
    },
    keys: {
      list: os.keys.list.handler(({ input }) => keys.list(on(), input)),
      read_file: os.keys.read_file.handler(({ input }) => trustFiles.readFile(on(), input)),
      offer: os.keys.offer.handler(({ input }) => trust.offer(on(), input)),
      pin: os.keys.pin.handler(({ input }) => trust.pin(on(), input)),
      drop_offer: os.keys.drop_offer.handler(({ input }) => trust.dropOffer(on(), input)),
      retire: os.keys.retire.handler(({ input }) => trust.retire(on(), input)),
      replace: os.keys.replace.handler(({ input }) => trust.replace(on(), input)),
      revoke: os.keys.revoke.handler(({ input }) => trust.revoke(on(), input)),
      export: os.keys.export.handler(({ input }) => trustFiles.exportFile(on(), input)),
      make: os.keys.make.handler(({ input }) => ownKeys.make(on(), input)),
      unlock: os.keys.unlock.handler(({ input }) => ownKeys.unlock(on(), input)),
      lock: os.keys.lock.handler(({ input }) => ownKeys.lock(on(), input)),
      rotate: os.keys.rotate.handler(({ input }) => ownKeys.rotate(on(), input)),
      revoke_own: os.keys.revoke_own.handler(({ input }) => ownKeys.revokeOwn(on(), input)),
      save_recovery: os.keys.save_recovery.handler(({ input }) => recovery.save(on(), input)),
      recover: os.keys.recover.handler(({ input }) => recovery.recover(on(), input)),
    },
    log: {
      head: os.log.head.handler(({ input }) => log.head(on(), input)),
      list: os.log.list.handler(({ input }) => log.list(on(), input)),
      get: os.log.get.handler(({ input }) => log.get(on(), input)),
      verify: os.log.verify.handler(({ input }) => log.verify(on(), input)),
      checkpoint: os.log.checkpoint.handler(({ input }) => log.checkpoint(on(), input)),
      cosign: os.log.cosign.handler(({ input }) => log.cosign(on(), input)),
      prove: os.log.prove.handler(({ input }) => log.prove(on(), input)),
      accept: os.log.accept.handler(({ input }) => log.accept(on(), input)),
    },
    retention: {
      preview: os.retention.preview.handler(({ input }) => retention.preview(on(), input)),
      apply: os.retention.apply.handler(({ input }) => retention.apply(on(), input)),
      holds: os.retention.holds.handler(({ input }) => retention.holds(on(), input)),
      hold: os.retention.hold.handler(({ input }) => retention.hold(on(), input)),
      lift: os.retention.lift.handler(({ input }) => retention.lift(on(), input)),
    },
    backup: {
      make: os.backup.make.handler(({ input }) => backup.make(on(), input)),
      preview: os.backup.preview.handler(({ input }) => backup.preview(on(), input)),
      restore: os.backup.restore.handler(({ input }) => backup.restore(on(), input)),
    },
    job: {
      get: os.job.get.handler(({ input }) => job.get(on(), input)),
      list: os.job.list.handler(({ input }) => job.list(on(), input)),
      cancel: os.job.cancel.handler(({ input }) => job.cancel(on(), input)),
    },
    profile: {
      list: os.profile.list.handler(() => profile.list(on())),
      make: os.profile.make.handler(({ input }) => profile.make(on(), input)),
      update: os.profile.update.handler(({ input }) => profile.update(on(), input)),
    },
    report: {
      read: os.report.read.handler(({ input }) => report.read(on(), input)),
      export: os.report.export.handler(({ input }) => report.exportReport(on(), input)),
    },
    schedule: {
      list: os.schedule.list.handler(({ input }) => schedule.list(on(), input)),
      set: os.schedule.set.handler(({ input }) => schedule.set(on(), input, folders)),
      remove: os.schedule.remove.handler(({ input }) => schedule.remove(on(), input)),
    },
    settings: {
      get: os.settings.get.handler(({ input }) => settings.get(on(), input)),
      set: os.settings.set.handler(({ input }) => settings.set(on(), input)),
    },
  };
}

function deskArea(os: LedgerProcedures, ledger: () => Ledger, ledgers: Ledgers) {
  return {
    info: os.desk.info.handler(() => infoOf(ledger(), ledgers)),
    notices: os.desk.notices.handler(({ signal }) => ledger().notices.listen(signal)),
  };
}

/** The sample is opened and closed from the reviewer's own ledger. */
function sampleDoor(os: LedgerProcedures, ledgers: Ledgers) {
  return {
    open_sample: os.desk.open_sample.handler(async () => {
      await ledgers.openSample();
      return infoOf(ledgers.sample(), ledgers);
    }),
    close_sample: os.desk.close_sample.handler(async () => {
      await ledgers.closeSample();
      return infoOf(ledgers.main, ledgers);
    }),
  };
}

function noDoor(os: LedgerProcedures) {
  const refuse = (): never => {
    throw new DeskError('INVALID_INPUT', 'The sample is opened and closed from the desk itself, not from the sample.');
  };
  return {
    open_sample: os.desk.open_sample.handler(refuse),
    close_sample: os.desk.close_sample.handler(refuse),
  };
}

function infoOf(ledger: Ledger, { services }: Ledgers) {
  const facts = { host: services.host, timeZone: services.timeZone, others: ledger.others() };
  return info(ledger.context, facts);
}

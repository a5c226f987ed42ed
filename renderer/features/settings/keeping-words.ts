import { bytesText, numberText } from '../../components/numbers.ts';

const several = (n: number, one: string, many: string): string => `${numberText(n)} ${n === 1 ? one : many}`;

/** The sentences about what is kept, what is removed, and copies of the whole. */
export const KEEPING_WORDS = {
  rules: {
    title: 'What is kept, and how long',
    note: 'A rule removes nothing by itself: look at what it would remove, then remove it. What waits for a decision is never touched. A period begins with the last event about a decided escalation.',
    evidence: 'Days that bytes of packets, capsules and tokens are kept; empty: for good',
    fields: 'Days that names, reasons and ids beside the log are kept; empty: for good',
    stays: 'Their SHA-256, the log and all its proofs stay. So does what the record, the request and the decision say.',
    copies: 'Backups, exports and copies made before keep what they hold.',
  },
  due: {
    title: 'What would be removed now',
    look: 'Look',
    none: 'Nothing is due.',
    evidence: (pieces: number, escalations: number, bytes: number) =>
      `${several(pieces, 'piece', 'pieces')} of evidence of ${several(escalations, 'escalation', 'escalations')}, ${bytesText(bytes)}`,
    fields: (values: number, events: number) =>
      `${several(values, 'value', 'values')} beside ${several(events, 'event', 'events')} of the log`,
    held: (n: number) => `${several(n, 'escalation', 'escalations')} would be due, and stay by a legal hold.`,
    tenantHeld: 'Off: a legal hold is on the whole tenant.',
    remove: 'Remove for good',
    sure: 'I know that what is removed cannot be brought back.',
    removed: 'Removed:',
    stopped: 'Stopped. What was removed is removed; the rest is due still.',
    notCompacted:
      'The ledger is large, so its file was not written anew: `retention apply --compact` on the command line gives back all of its room.',
    roomLater: 'Another program reads the ledger: its room is given back once that has ended.',
  },
  holds: {
    title: 'Legal holds',
    none: 'No legal hold is in force.',
    whole: 'the whole tenant',
    by: (who: string, at: string) => `set by ${who}, ${at}`,
    removed: 'removed',
    lift: 'Lift…',
    set: 'Set a legal hold',
    id: 'Id of the escalation; empty: the whole tenant',
    reason: 'Reason; the log keeps it',
    why: 'Why it is lifted; the log keeps it',
    go: 'Set hold',
    liftGo: 'Lift hold',
    cancel: 'Cancel',
  },
  backup: {
    title: 'Backup',
    note: 'One file: escalations, evidence, logs, settings, and keys as they lie encrypted. It is verified before it gets its name. The file desk.secret beside the ledger is not in it: without it the desk makes itself a new key.',
    go: 'Back up…',
    done: 'Backed up and verified.',
    file: 'File',
    size: 'Size',
    sha256: 'SHA-256',
    logs: 'Logs',
    events: (tenant: string, n: string) => `${tenant}: ${n} events`,
    download: 'Download',
    stopped: 'Stopped. Nothing was written.',
    running: 'How far it is',
    stop: 'Stop',
  },
  restore: {
    title: 'Restore',
    note: 'A backup becomes a new ledger in a file of its own. This one stays as it is; open the desk on the new one with --store.',
    choose: 'Choose a backup…',
    reading: 'Verifying the backup…',
    go: 'Restore to a new file…',
    done: 'Restored and verified. Each log says where it came from.',
    columns: { tenant: 'Tenant', here: 'Here', backup: 'Backup', log: 'The logs', lost: 'Decisions only here' },
    events: (size: string, active: number, decided: number) =>
      `${size} events, ${numberText(active)} active, ${numberText(decided)} decided`,
    absent: 'not there',
    log: {
      same: 'the same',
      older: 'the backup is older: this log begins with it',
      newer: 'the backup is newer: it begins with this log',
      forked: 'forked: neither begins with the other',
      none: 'only one has it',
    },
  },
};

const hours = (n: number): string => (n === 1 ? '1 hour' : `${n} hours`);

/** The sentences of the frame. */
export const FRAME_WORDS = {
  noSession: {
    title: 'This page has no session',
    text: 'Press Enter in the terminal where the desk runs: it prints a fresh link. Nothing recorded is lost.',
  },
  notFound: { title: 'There is no such screen', back: 'Back to the queue' },
  gone: {
    stopped: 'The desk has stopped. Nothing recorded is lost.',
    waiting: 'This page waits until the desk answers again and has proved that it is the same.',
    ended: 'Another desk answers at this address. Close this page; where your desk runs, Enter prints a fresh link.',
  },
  busy: 'Another program holds the ledger. Trying again in 3 s.',
  sampleClosed: { title: 'The sample ledger is closed', open: 'Open the sample' },
  sampleBar: 'Sample ledger. Nothing here is real.',
  closeSample: 'Close the sample',
  searchOrRun: 'Search or run',
  nav: {
    queue: 'Queue',
    claimed: 'Claimed by you',
    views: 'Views',
    dueIn: (minutes: number) => (minutes % 60 === 0 ? `Due in ${hours(minutes / 60)}` : `Due in ${minutes} min`),
    failed: 'Failed evidence',
    deceptive: 'Deceptive text',
    past: 'Past deadline',
    records: 'Records',
    ledger: 'Ledger',
    log: 'Audit log',
    imports: 'Imports',
    exports: 'Exports',
    settings: 'Settings',
    keyboard: 'Keyboard',
  },
  status: {
    place: 'This computer',
    saved: (time: string) => `saved ${time}`,
    neverSaved: 'nothing written yet',
    noGateway: 'No gateway for this tenant',
    others: (n: number) => (n === 1 ? '1 other program at work' : `${n} other programs at work`),
    noProfile: 'No profile',
    noKey: 'no key',
    key: 'key',
    keyIs: { unlocked: 'unlocked', locked: 'locked', lost: 'can’t be opened' },
  },
  readOnly: (reason: string | null) =>
    `This ledger is read-only${reason === null ? '' : `: ${reason}`}. You can read, search and export.`,
} as const;

const DECIDING = {
  approved: 'Approving',
  rejected: 'Rejecting',
  withdrawn: 'Withdrawing',
  expired: 'Recording as expired',
  unknown: 'Deciding',
} as const;

const DECIDED = {
  approved: 'Approved',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  expired: 'Expired',
  unknown: 'Resolved',
} as const;

/** The sentences of the hold bar. */
export const HOLD_WORDS = {
  deciding: (outcome: keyof typeof DECIDING, seconds: number) => `${DECIDING[outcome]} in ${seconds} s`,
  recorded: (outcome: keyof typeof DECIDED, time: string) => `${DECIDED[outcome]}, recorded ${time}`,
  takenBack: 'Taken back. Nothing was signed or recorded.',
  recordNow: 'Record now',
  waitsForKey: 'Waits for your key',
  unlock: 'Unlock…',
  undo: 'Undo',
  open: 'Open',
} as const;

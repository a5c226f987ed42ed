import { numberText } from '../../components/numbers.ts';

const counted = (n: number, one: string, many: string): string => `${numberText(n)} ${n === 1 ? one : many}`;

/** All that the report says. */
export const words = {
  title: 'Report',
  note: (decisions: number, period: string) => `${counted(decisions, 'decision', 'decisions')}, ${period}`,
  counting: (days: number, of: number, found: number) =>
    `Counting: ${numberText(days)} of ${counted(of, 'day', 'days')}, ${counted(found, 'decision', 'decisions')} so far`,
  stop: 'Stop',
  stopped: 'The counting was stopped.',
  again: 'Count again',
  since: (n: number) => `${counted(n, 'event', 'events')} in the log since it was counted.`,
  print: 'Print',
  csv: 'Save as CSV…',
  json: 'Save as JSON…',
  saved: (file: string) => `${file} is saved. That it left the desk is an event of the log.`,

  period: 'Period',
  presets: {
    week: 'Last 7 days',
    month: 'Last 30 days',
    quarter: 'Last 90 days',
    year: 'Last 365 days',
    other: 'Other days',
  },
  from: 'First day',
  to: 'Last day',
  zone: (zone: string) => `Days of ${zone}`,
  badPeriod: 'The last day must not come before the first, and a report is of 366 days at most.',

  facts: {
    label: 'What this report is of',
    tenant: 'Tenant',
    range: 'Period',
    days: (from: string, to: string, zone: string) => `${from} to ${to}, days of ${zone}`,
    query: 'In UTC',
    rows: 'Decisions',
    counted: 'Counted',
    generator: 'Written by',
    log: 'Log',
    head: (size: string) => `${numberText(Number(size))} events, root`,
    meanwhile: (n: number) =>
      `${counted(n, 'event', 'events')} came while it was counted, so the numbers are not of one moment.`,
    hash: 'SHA-256',
    hashNote: 'of this report as JSON',
    copyHash: 'Copy the SHA-256',
    sample: 'Of the sample ledger: nothing here is real.',
  },

  total: 'All',
  outcomes: {
    approved: 'Approved',
    rejected: 'Rejected',
    expired: 'Expired',
    withdrawn: 'Withdrawn',
    unknown: 'Resolved',
  },
  other: 'Withdrawn, resolved',
  noName: 'not named',
  rest: 'all others',
  none: 'Nothing was decided in this period.',
  noRows: 'None in this period.',
  more: (n: number) => `The chart has the first ${numberText(n)} rows, the table all.`,
  asTable: (title: string) => `${title}, as a table`,
  all: (n: number) => `Show all ${numberText(n)} rows`,
  fewer: 'Show fewer rows',

  days: { title: 'Decisions by day', head: 'Day', unit: 'decisions' },
  time: {
    title: 'Time to decide',
    head: 'From request to decision',
    unit: 'decisions',
    half: (step: string) => `Half of them were decided ${step} after they were asked for.`,
    unknown: 'not known when asked',
    unknownNote: (n: number) =>
      `${counted(n, 'decision', 'decisions')} came decided: when they were asked for is not known.`,
  },
  reviewers: {
    title: 'By reviewer',
    head: 'Reviewer',
    note: 'Under the name that stood in the decision. What came decided may name nobody.',
  },
  reasons: { title: 'By reason code', head: 'Reason code' },
  overrides: {
    title: 'Overrides by check',
    head: 'Check',
    overridden: 'Failed, overridden',
    accepted: 'Unchecked, accepted',
    note: (n: number) => `${counted(n, 'decision', 'decisions')} overrode a failed check.`,
  },
  deadlines: {
    title: 'Overdue and expired',
    head: 'Deadline',
    count: 'Escalations',
    in_time: 'Decided in time',
    late: 'Decided too late',
    expired: 'Recorded as expired',
    none: 'Decided, no deadline',
    open: 'Still open, past',
    note: 'A deadline counts for the period that it falls in, a decision for the one that it was made in.',
  },
  evidence: {
    title: 'Evidence verdicts',
    head: 'Evidence',
    verified: 'Verified',
    failed: 'Failed',
    unchecked: 'Unchecked',
    none: 'No packet',
    note: 'Of the decided escalations, by the keys that are pinned now: not as it stood when each was decided.',
  },
};

/** The steps of the time to decide, by the seconds that they end below; `short` is for the axis. */
export const STEP_WORDS: {
  readonly [belowS: string]: { readonly row: string; readonly short: string; readonly within: string };
} = {
  60: { row: 'under 1 min', short: '< 1 min', within: 'within 1 min' },
  300: { row: '1 to 5 min', short: '< 5 min', within: 'within 5 min' },
  900: { row: '5 to 15 min', short: '< 15 min', within: 'within 15 min' },
  3600: { row: '15 to 60 min', short: '< 1 h', within: 'within 1 h' },
  14400: { row: '1 to 4 h', short: '< 4 h', within: 'within 4 h' },
  86400: { row: '4 to 24 h', short: '< 24 h', within: 'within 1 day' },
  604800: { row: '1 to 7 days', short: '< 7 d', within: 'within 7 days' },
  2592000: { row: '7 to 30 days', short: '< 30 d', within: 'within 30 days' },
  null: { row: '30 days or more', short: '≥ 30 d', within: 'more than 30 days' },
};

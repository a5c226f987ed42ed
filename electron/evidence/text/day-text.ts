const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The day in UTC of an RFC 3339 text in UTC, for a sentence: `1 Oct 2026`. */
export function dayText(utc: string): string {
  return `${Number(utc.slice(8, 10))} ${MONTHS[Number(utc.slice(5, 7)) - 1]} ${utc.slice(0, 4)}`;
}

/** The day and the second of an RFC 3339 text in UTC, for a sentence: `1 Oct 2026, 11:12:00 UTC`. */
export function timeText(utc: string): string {
  return `${dayText(utc)}, ${utc.slice(11, 19)} UTC`;
}

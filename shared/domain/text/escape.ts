import { type Segment, segmentText } from './segments.ts';

/**
 * The text on one line, safe to print: every character that would not show itself, escape sequences and line feeds
 * among them, as its name and code point in angle brackets, `<ESC 001B>` (S63, S65).
 */
export function escapeForTerminal(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return segmentText(text).map(escapeSegment).join('');
}

function escapeSegment(segment: Segment): string {
  if (segment.kind === 'text') return segment.text.replaceAll('\n', '<LF 000A>');
  return segment.count === 1 ? `<${segment.label}>` : `<${segment.label} ×${segment.count}>`;
}

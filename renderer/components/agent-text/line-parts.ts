import { type ChipSegment, segmentText } from '../../../shared/domain/text/segments.ts';

/** A part of one line: text that shows itself, or a chip for what does not. */
export type LinePart =
  | { readonly kind: 'text'; readonly text: string; readonly enclosed: boolean }
  | { readonly kind: 'chip'; readonly chip: ChipSegment };

const OPENS = /[\u202a\u202b\u202d\u202e\u2066-\u2068]/u;
const CLOSES = /[\u202c\u2069]/u;
const LINE_FEED: ChipSegment = { kind: 'control', label: 'LF 000A', count: 1, text: '\n' };

/**
 * One line as parts. Bidi controls are chips and so reorder nothing; text between an opening and its closing control,
 * or the line's end, is `enclosed`. A line feed in what is shown on one line is a chip like any other control.
 */
export function lineParts(text: string): readonly LinePart[] {
  let depth = 0;
  return segmentText(text).flatMap((segment): LinePart[] => {
    if (segment.kind === 'text') return plainParts(segment.text, depth > 0);
    if (OPENS.test(segment.text)) depth += segment.count;
    else if (CLOSES.test(segment.text)) depth = Math.max(0, depth - segment.count);
    return [{ kind: 'chip', chip: segment }];
  });
}

function plainParts(text: string, enclosed: boolean): LinePart[] {
  return text.split(/(\n)/).flatMap((part): LinePart[] => {
    if (part === '') return [];
    return part === '\n' ? [{ kind: 'chip', chip: LINE_FEED }] : [{ kind: 'text', text: part, enclosed }];
  });
}

/** How many characters of the text are there without being seen; spaces and what lays a text out are not counted. */
export function hiddenCount(text: string): number {
  return segmentText(text).reduce((n, segment) => {
    const seen = segment.kind === 'text' || segment.kind === 'space' || /^[\t\r]+$/.test(segment.text);
    return seen ? n : n + segment.count;
  }, 0);
}

import type { ReactNode } from 'react';
import type { ExportContents } from '../../../shared/contract/transfer.ts';
import { bytesText, numberText } from '../../components/numbers.ts';
import { Sign } from '../../components/sign.tsx';
import { type ExportChoice, formatOf, hasEvidence } from './export-query.ts';
import styles from './exports.module.css';
import { EXPORT_WORDS } from './words.ts';

const WORDS = EXPORT_WORDS.dialog;
const VERDICTS = ['verified', 'failed', 'unchecked'] as const;

/** How the records were decided: `1 approved, 2 rejected, 12 came resolved`. */
export function outcomesText({ outcomes }: Pick<ExportContents, 'outcomes'>): string {
  return Object.entries(WORDS.outcome)
    .map(([name, word]) => ({ n: outcomes[name as keyof typeof outcomes], word }))
    .filter(({ n }) => n > 0)
    .map(({ n, word }) => `${numberText(n)} ${word}`)
    .join(', ');
}

/** The evidence that goes with the file: its bytes, its hashes, or none of it. */
export function piecesText(choice: ExportChoice, { evidence }: Pick<ExportContents, 'evidence'>): string | null {
  const { pieces, bytes } = evidence;
  const format = formatOf(choice);
  if (format === 'bundle' && !hasEvidence(choice)) return WORDS.evidenceHashes(pieces);
  return format === 'bundle' || format === 'jsonl' ? WORDS.evidenceFiles(pieces, bytesText(bytes)) : null;
}

/** What the query leaves out, and what the form does. */
export function leftOutText({ left_out }: Pick<ExportContents, 'left_out'>): string {
  return left_out === 0 ? WORDS.leftOutNone : WORDS.leftOutRecords(left_out);
}

/** Counts of what the file would hold: by verdict, its evidence, and what stays out of it. */
export function ContentsCounts({ choice, contents }: { choice: ExportChoice; contents: ExportContents }) {
  const { verdicts } = contents;
  const pieces = piecesText(choice, contents);
  const redacts = choice.kind === 'bundle' || choice.kind === 'pdf';
  return (
    <>
      <Fact name={WORDS.verdicts}>
        <ul className={styles.verdicts}>
          {VERDICTS.filter((name) => verdicts[name] > 0).map((name) => (
            <li key={name}>
              <Sign name={name} word={`${numberText(verdicts[name])} ${EXPORT_WORDS.verdict[name]}`} />
            </li>
          ))}
          {verdicts.none > 0 && (
            <li className={styles.quiet}>
              {numberText(verdicts.none)} {WORDS.noPacket}
            </li>
          )}
        </ul>
      </Fact>
      {pieces !== null && <Fact name={WORDS.pieces}>{pieces}</Fact>}
      <Fact name={WORDS.leftOutBy}>{leftOutText(contents)}</Fact>
      {redacts && choice.leftOut.length > 0 && (
        <Fact name={WORDS.redacted}>{choice.leftOut.map((part) => WORDS.parts[part]).join(', ')}</Fact>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

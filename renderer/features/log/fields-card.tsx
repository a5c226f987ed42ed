import type { LogEvent } from '../../../shared/contract/log.ts';
import { CutLine } from '../../components/agent-text/cut-line.tsx';
import { Sign } from '../../components/sign.tsx';
import { Card, Fact } from './card.tsx';
import { fieldText } from './field-text.ts';
import styles from './log.module.css';
import { words } from './words.ts';

const LONGEST = 160;
/** Digests of the rows that an event is about: for programs, and among the bytes for those who look. */
const CONTENT = 'content';

/** What the leaf commits to without saying it: kept beside the log, and removable without breaking it. */
export function FieldsCard({ event: { fields } }: { event: LogEvent }) {
  const shown = fields.filter(({ name, state }) => name !== CONTENT || state === 'differs');
  if (shown.length === 0) return null;
  return (
    <Card title={words.fields}>
      <dl className={styles.facts}>
        {shown.map((field) => (
          <Fact key={field.name} name={words.fieldName[field.name] ?? field.name}>
            <Field field={field} />
          </Fact>
        ))}
      </dl>
    </Card>
  );
}

function Field({ field: { value, state } }: { field: LogEvent['fields'][number] }) {
  if (value === null || state === 'withheld') return <span className={styles.quiet}>{words.removed}</span>;
  const { text, plain } = fieldText(value);
  return (
    <>
      {state === 'differs' && <Sign name="failed" word={words.differs} />}
      <CutLine text={text} most={LONGEST} className={plain ? styles.sans : styles.id} />
    </>
  );
}

import { Modal } from '@mantine/core';
import type { LogEvent } from '../../../shared/contract/log.ts';
import { Hash } from '../../components/hash.tsx';
import { ExactText } from './exact-text.tsx';
import styles from './log.module.css';
import { words } from './words.ts';

interface EventBytesProps {
  readonly event: LogEvent;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The event's bytes: the leaf that is hashed, the payload that is signed, and what the commitments stand for. */
export function EventBytes({ event: { row, leaf, fields, statement }, opened, onClose }: EventBytesProps) {
  return (
    <Modal opened={opened} onClose={onClose} size={820} title={words.bytesTitle(row.seq)}>
      <div className={styles.bytes}>
        <section aria-labelledby="leaf-bytes">
          <h2 id="leaf-bytes">{words.leafBytes}</h2>
          <ExactText title={words.leafText} text={leaf} />
          <p className={styles.quiet}>
            {words.leafNote} <Hash value={row.leaf_sha256} />
          </p>
        </section>
        {statement !== null && (
          <section aria-labelledby="statement-bytes">
            <h2 id="statement-bytes">{words.statementBytes}</h2>
            <ExactText title={words.statementText} text={statement.payload} />
          </section>
        )}
        {fields.length > 0 && (
          <section aria-labelledby="field-bytes">
            <h2 id="field-bytes">{words.fieldBytes}</h2>
            {fields.map(({ name, value }) => (
              <ExactText key={name} title={words.fieldName[name] ?? name} text={value ?? words.removed} />
            ))}
          </section>
        )}
      </div>
    </Modal>
  );
}

import { Modal } from '@mantine/core';
import type { LogEvent } from '../../../shared/contract/log.ts';
import { AgentText } from '../../components/agent-text/agent-text.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Hash } from '../../components/hash.tsx';
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
          <p className={styles.quiet}>
            {words.leafNote} <Hash value={row.leaf_sha256} />{' '}
            <CopyButton text={row.leaf_sha256} label={words.copyLeaf} />
          </p>
          <AgentText text={leaf} label={words.leafText} title={words.leafText} />
        </section>
        {statement !== null && (
          <section aria-labelledby="statement-bytes">
            <h2 id="statement-bytes">{words.statementBytes}</h2>
            <AgentText text={statement.payload} label={words.statementText} title={words.statementText} />
          </section>
        )}
        {fields.length > 0 && (
          <section aria-labelledby="field-bytes">
            <h2 id="field-bytes">{words.fieldBytes}</h2>
            {fields.map(({ name, value }) => {
              const title = words.fieldName[name] ?? name;
              return value === null ? (
                <p key={name} className={styles.quiet}>
                  {title}: {words.removed}
                </p>
              ) : (
                <AgentText key={name} text={value} label={title} title={title} />
              );
            })}
          </section>
        )}
      </div>
    </Modal>
  );
}

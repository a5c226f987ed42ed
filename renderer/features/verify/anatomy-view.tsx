import type { PacketAnatomy } from '../../../shared/domain/anatomy.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Hash } from '../../components/hash.tsx';
import { numberText } from '../../components/numbers.ts';
import { HashTreeView } from './hash-tree-view.tsx';
import { partingsOf } from './parting.ts';
import { PartingView } from './parting-view.tsx';
import { PillarPanel } from './pillar-panel.tsx';
import styles from './verify.module.css';
import { words } from './words.ts';

interface AnatomyViewProps {
  readonly anatomy: PacketAnatomy;
  /** The file's bytes, where they are at hand: pillars then show theirs on demand. */
  readonly bytes: Uint8Array | null;
}

/** What a packet is made of: its hashes as a tree, its parts one by one, its wire form, its signature. */
export function AnatomyView({ anatomy, bytes }: AnatomyViewProps) {
  return (
    <>
      {anatomy.fault !== null && (
        <p className={styles.fault} role="note">
          {words.fault} <AgentLine text={anatomy.fault} className={styles.sans} />
        </p>
      )}
      <section aria-labelledby="tree-title">
        <h2 id="tree-title">{words.treeTitle}</h2>
        <HashTreeView anatomy={anatomy} />
        {partingsOf('root', anatomy).map((parting) => (
          <PartingView key={parting.of} parting={parting} />
        ))}
      </section>
      <section aria-labelledby="pillars-title">
        <h2 id="pillars-title">{words.pillarsTitle}</h2>
        {anatomy.pillars.map((pillar) => (
          <PillarPanel key={pillar.name} anatomy={anatomy} pillar={pillar} bytes={bytes} />
        ))}
      </section>
      <Form anatomy={anatomy} />
      <Signature anatomy={anatomy} />
    </>
  );
}

/** Header, profile and segments: which bytes the root covers and which it does not. */
function Form({ anatomy }: { anatomy: PacketAnatomy }) {
  const { header, segments, profile, generation, canonicalization } = anatomy;
  return (
    <section aria-labelledby="form-title">
      <h2 id="form-title">{words.formTitle}</h2>
      <dl className={styles.hashes}>
        <Member name={words.form.profile}>{profile ?? words.unknownProfile}</Member>
        {generation !== null && <Member name={words.form.generation}>{generation}</Member>}
        {canonicalization !== null && (
          <Member name={words.form.canonicalization}>
            {words.canonicalization[canonicalization] ?? canonicalization}
          </Member>
        )}
        {header !== null && (
          <>
            <Member name={words.form.version}>{header.version}</Member>
            <Member name={words.form.aid}>
              <Hash value={header.aid} />
            </Member>
            <Member name={words.form.root}>
              <Hash value={header.capsule_root} />
            </Member>
            <Member name={words.form.nonce}>
              <code translate="no">{header.nonce}</code>
            </Member>
          </>
        )}
      </dl>
      {segments.length > 0 && <Segments segments={segments} />}
    </section>
  );
}

function Member({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Segments({ segments }: { segments: PacketAnatomy['segments'] }) {
  const columns = words.segmentColumns;
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className="visually-hidden">{words.segments}</caption>
        <thead>
          <tr>
            <th>{columns.type}</th>
            <th>{columns.name}</th>
            <th data-end>{columns.offset}</th>
            <th data-end>{columns.length}</th>
            <th>{columns.covered}</th>
          </tr>
        </thead>
        <tbody>
          {segments.map(({ type, name, offset, length, covered }) => (
            <tr key={offset}>
              <td>{type}</td>
              <td>{name}</td>
              <td data-end>
                <code>0x{offset.toString(16).padStart(4, '0')}</code>
              </td>
              <td data-end>{numberText(length)}</td>
              <td>{covered ? words.covered : name === 'signature' ? words.overRoot : words.notCovered}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Signature({ anatomy: { signature, keys } }: { anatomy: PacketAnatomy }) {
  return (
    <section aria-labelledby="signature-title">
      <h2 id="signature-title">{words.signatureTitle}</h2>
      {signature === null ? <p className={styles.quiet}>{words.noSignature}</p> : <Hash value={signature} />}
      <h3 className={styles.minor}>{words.keysTried}</h3>
      {keys.length === 0 ? (
        <p className={styles.quiet}>{words.noKeys}</p>
      ) : (
        <ul className={styles.keys}>
          {keys.map(({ name, purpose, public_hex, outcome }) => (
            <li key={`${purpose} ${public_hex} ${name}`}>
              <AgentLine text={name} className={styles.sans} />
              <span className={styles.quiet}>{words.purpose[purpose]}</span>
              <Hash value={public_hex} short />
              <AgentLine text={outcome} className={styles.sans} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

import { useState } from 'react';
import type { PacketAnatomy } from '../../../shared/domain/anatomy.ts';
import { AgentText } from '../../components/agent-text/agent-text.tsx';
import { Button } from '../../components/button.tsx';
import { Hash } from '../../components/hash.tsx';
import { numberText } from '../../components/numbers.ts';
import { Sign } from '../../components/sign.tsx';
import { laidOut } from '../escalation/raw-data.ts';
import { HexDump } from './hex-dump.tsx';
import { partingsOf } from './parting.ts';
import { PartingView } from './parting-view.tsx';
import styles from './verify.module.css';
import { words } from './words.ts';

type Pillar = PacketAnatomy['pillars'][number];

interface PillarPanelProps {
  readonly anatomy: PacketAnatomy;
  readonly pillar: Pillar;
  /** The file's bytes, where they are at hand. */
  readonly bytes: Uint8Array | null;
}

/** One pillar: what it is for, what is claimed of it and what the desk computes, its text, and its bytes on demand. */
export function PillarPanel({ anatomy, pillar, bytes }: PillarPanelProps) {
  const { name, json, leaf, claimed, length } = pillar;
  const [open, setOpen] = useState(false);
  const partings = [...partingsOf('hashes', anatomy).filter(({ of }) => of === name), ...headerPartings(anatomy, name)];
  return (
    <section className={styles.pillar} aria-labelledby={`pillar-${name}`}>
      <div className={styles.pillarHead}>
        <h3 id={`pillar-${name}`}>{words.tree.name[name]}</h3>
        <span className={styles.quiet}>{words.pillar[name]}</span>
        <Fit partings={partings.length} claimed={claimed} />
      </div>
      {partings.map((parting) => (
        <PartingView key={parting.of} parting={parting} />
      ))}
      <dl className={styles.hashes}>
        {claimed !== null && (
          <>
            <dt>{words.claimed}</dt>
            <dd>
              <Hash value={claimed.hash} /> <span className={styles.quiet}>{words.rule[claimed.rule]}</span>
            </dd>
          </>
        )}
        <dt>{words.computed}</dt>
        <dd>{leaf === null ? <span className={styles.quiet}>{words.none}</span> : <Hash value={leaf} />}</dd>
      </dl>
      {json === null ? (
        <p className={styles.problem}>{words.noPillar}</p>
      ) : (
        <AgentText text={laidOut(json)} label={words.pillarText(name)} title={words.pillarTitle} />
      )}
      {json !== null && json.length < length && <p className={styles.quiet}>{words.cut(numberText(length))}</p>}
      {bytes !== null && pillar.offset !== null && (
        <>
          <Button look="link" onClick={() => setOpen(!open)} aria-expanded={open}>
            {open ? words.hideBytes : words.showBytes(numberText(length))}
          </Button>
          {open && <HexDump bytes={bytes} from={pillar.offset} length={length} label={words.pillarBytes(name)} />}
        </>
      )}
    </section>
  );
}

/** What the header says of the agent and the number belongs to the pillars that say it too. */
function headerPartings(anatomy: PacketAnatomy, name: Pillar['name']) {
  if (name === 'identity') return partingsOf('aid', anatomy);
  return name === 'authority' ? partingsOf('nonce', anatomy) : [];
}

function Fit({ partings, claimed }: { partings: number; claimed: Pillar['claimed'] }) {
  if (partings > 0) return <Sign name="failed" word={words.parts} />;
  return claimed === null ? null : <Sign name="verified" word={words.fits} />;
}

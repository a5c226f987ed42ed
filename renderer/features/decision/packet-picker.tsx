import { IconBox, IconX } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Hash } from '../../components/hash.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Sign } from '../../components/sign.tsx';
import styles from './decision.module.css';
import type { AttachedPacket } from './form.ts';
import { useInspect } from './use-inspect.ts';
import { words } from './words.ts';

interface PacketPickerProps {
  readonly packet: AttachedPacket | null;
  readonly requestPackets: readonly string[];
  readonly onChange: (packet: AttachedPacket | null) => void;
}

/** Takes the resolution packet, by dialog or drop, and shows what the desk made of it before anything is stored. */
export function PacketPicker({ packet, requestPackets, onChange }: PacketPickerProps) {
  const { busy, refusal, choose, take } = useInspect(requestPackets, onChange);
  const [over, setOver] = useState(false);
  if (packet !== null) return <Attached packet={packet} onRemove={() => onChange(null)} />;
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    take([...event.dataTransfer.files]);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same */}
      <div
        className={styles.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          event.stopPropagation();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Button look="strong" onClick={choose} disabled={busy} data-field="packet" data-required>
          {busy ? words.choosing : words.choose}
        </Button>
        <span className={styles.quiet}>{words.drop}</span>
      </div>
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
    </>
  );
}

function Attached({ packet, onRemove }: { packet: AttachedPacket; onRemove: () => void }) {
  return (
    <div className={styles.attached}>
      <div className={styles.attachedHead}>
        <IconBox size={16} aria-hidden="true" />
        <div>
          <AgentLine text={packet.name} />
          <p className={styles.fileFacts}>
            <Sign name="unchecked" /> · {words.bytes(packet.bytes)}
          </p>
        </div>
        <IconButton label={words.remove} icon={IconX} onClick={onRemove} />
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>{words.sha256}</dt>
          <dd className={styles.wholeHash}>
            <code translate="no">{inSixteens(packet.sha256)}</code>
            <CopyButton text={packet.sha256} label={words.recorded.copyHash} />
          </dd>
        </div>
        <div>
          <dt>{words.root}</dt>
          <dd>{packet.root === null ? words.noRoot : <Hash value={packet.root} short />}</dd>
        </div>
      </dl>
    </div>
  );
}

/** The whole digest in groups that an eye can compare. */
function inSixteens(hex: string): string {
  return hex.match(/.{1,16}/g)?.join(' ') ?? hex;
}

import { IconBox, IconX } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Fingerprint } from '../../components/fingerprint.tsx';
import { Hash } from '../../components/hash.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Sign } from '../../components/sign.tsx';
import { useKeysOverview } from '../keys/use-keys.ts';
import styles from './decision.module.css';
import type { AttachedPacket } from './form.ts';
import type { DecisionTarget } from './use-draft.ts';
import { useInspect } from './use-inspect.ts';
import { words } from './words.ts';

interface PacketPickerProps {
  readonly packet: AttachedPacket | null;
  readonly target: DecisionTarget;
  readonly requestPackets: readonly string[];
  readonly onChange: (packet: AttachedPacket | null) => void;
}

/** Takes the resolution packet, by dialog or drop, and shows what the desk made of it before anything is stored. */
export function PacketPicker({ packet, target, requestPackets, onChange }: PacketPickerProps) {
  const { busy, refusal, choose, take } = useInspect(target, requestPackets, onChange);
  const [over, setOver] = useState(false);
  if (packet !== null) return <Attached packet={packet} tenant={target.tenant} onRemove={() => onChange(null)} />;
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

interface AttachedProps {
  readonly packet: AttachedPacket;
  readonly tenant: string;
  readonly onRemove: () => void;
}

function Attached({ packet, tenant, onRemove }: AttachedProps) {
  return (
    <div className={styles.attached}>
      <div className={styles.attachedHead}>
        <IconBox size={16} aria-hidden="true" />
        <div>
          <AgentLine text={packet.name} />
          <p className={styles.fileFacts}>
            <Sign name={packet.report?.verdict ?? 'unchecked'} />
            {checksWords(packet)} · {words.bytes(packet.bytes)}
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
        <div>
          <dt>{words.signedBy}</dt>
          <dd>
            <Signer packet={packet} tenant={tenant} />
          </dd>
        </div>
      </dl>
    </div>
  );
}

/** How many checks held: the verdict's worth beside its word. */
function checksWords({ report }: AttachedPacket): string {
  if (report === null) return '';
  const held = report.checks.filter(({ verdict }) => verdict === 'verified').length;
  return ` · ${words.checksOf(held, report.checks.length)}`;
}

/** The pinned key that verified the signature; a name is shown only where a key stands behind it. */
function Signer({ packet, tenant }: Pick<AttachedProps, 'packet' | 'tenant'>) {
  const trust = useKeysOverview(tenant)?.trust ?? [];
  const key = packet.report?.key ?? null;
  if (key === null) return <>{words.signedByNobody}</>;
  const pinned = trust.find(({ entry }) => entry.purpose !== 'pcrs' && entry.public_hex === key.public_hex);
  return (
    <>
      <AgentLine text={key.name} className={styles.sans} />{' '}
      {pinned !== undefined && <Fingerprint value={pinned.fingerprint} />}
    </>
  );
}

/** The whole digest in groups that an eye can compare. */
function inSixteens(hex: string): string {
  return hex.match(/.{1,16}/g)?.join(' ') ?? hex;
}

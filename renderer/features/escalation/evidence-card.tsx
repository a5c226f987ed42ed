import type { Opened, PieceReport } from '../../../shared/contract/escalation.ts';
import { worstVerdict } from '../../../shared/domain/verdict.ts';
import { Button } from '../../components/button.tsx';
import { CheckList } from '../../components/checks/check-list.tsx';
import { waitingFor } from '../../components/checks/ways-out.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Hash } from '../../components/hash.tsx';
import { Kbd } from '../../components/kbd.tsx';
import type { DecisionTarget } from '../decision/use-draft.ts';
import { usedKeyWords, usePinnedKeys } from '../verify/used-key.ts';
import { WaysOut } from '../verify/ways-out.tsx';
import styles from './escalation.module.css';
import { type EvidenceGroup, groupsOf, piecesOf, whyNoChecks } from './pieces.ts';
import { ResolutionCard } from './resolution-card.tsx';
import { VerdictChip } from './verdict-chip.tsx';
import { words } from './words.ts';

interface EvidenceCardsProps {
  readonly opened: Opened;
  readonly target: DecisionTarget;
  /** Unchecked checks of the request that the tenant waived. */
  readonly waived: readonly string[];
  readonly onDetails: (sha256: string) => void;
  /** Attaches a file; null where nothing can be attached now. */
  readonly onAttach: (() => void) | null;
  readonly onAttachResolution: (() => void) | null;
}

/** What the evidence is worth: a card a packet, a row a check, and once for all what would make the open ones checked. */
export function EvidenceCards(props: EvidenceCardsProps) {
  const { opened, target, waived, onDetails, onAttach, onAttachResolution } = props;
  const pieces = piecesOf(opened);
  const { current } = opened.judgement;
  const groups = current ? groupsOf(pieces) : [];
  const packet = pieces.find(({ role, kind }) => role === 'escalation' && kind !== 'token');
  const open = opened.escalation.decision === null ? waitingFor(pieces) : [];
  const waysOut = (
    <WaysOut
      tenant={target.tenant}
      waiting={open}
      packet={packet === undefined ? null : { ...target, sha256: packet.sha256 }}
      onAttach={onAttach}
    />
  );
  const resolution = <ResolutionCard resolution={opened.resolution} onAttach={onAttachResolution} />;
  if (!current) return <Plain note={whyNoChecks(opened)} />;
  if (groups.length === 0) {
    return (
      <>
        <Plain note={open.length === 0 ? words.noPacketNote : null}>{waysOut}</Plain>
        {resolution}
      </>
    );
  }
  return (
    <>
      {groups.map((group, at) => (
        <Card
          key={`${group.of} ${group.reports[0].sha256}`}
          group={group}
          at={at}
          tenant={target.tenant}
          waived={group.of === 'resolution' ? [] : waived}
          onDetails={onDetails}
        >
          {at === 0 && waysOut}
        </Card>
      ))}
      {groups.every(({ of }) => of !== 'resolution') && resolution}
    </>
  );
}

/** Without a report there is nothing to list: it waits to be verified, or there is nothing to verify. */
function Plain({ note, children }: { note: string | null; children?: React.ReactNode }) {
  return (
    <section className={styles.card} aria-labelledby="evidence-title">
      <div className={styles.cardHead}>
        <h2 id="evidence-title">{words.evidence}</h2>
        <VerdictChip verdict="unchecked" />
      </div>
      {note !== null && (
        <p className={styles.cardNote} role="status">
          {note}
        </p>
      )}
      {children}
    </section>
  );
}

interface CardProps {
  readonly group: EvidenceGroup;
  /** Its place among the cards. */
  readonly at: number;
  readonly tenant: string;
  readonly waived: readonly string[];
  readonly onDetails: (sha256: string) => void;
  readonly children: React.ReactNode;
}

function Card({ group, at, tenant, waived, onDetails, children }: CardProps) {
  const { reports } = group;
  const [first] = reports;
  const id = at === 0 ? 'evidence-title' : `evidence-title-${at}`;
  const known = usePinnedKeys(tenant);
  return (
    <section className={styles.card} aria-labelledby={id}>
      <div className={styles.cardHead}>
        <h2 id={id}>
          {at === 0 && group.of !== 'resolution' ? words.evidence : words.evidenceOf[group.of]}{' '}
          <span className={styles.titleNote}>{words.evidenceNote(words.pieceKind[first.kind], first.bytes)}</span>
        </h2>
        <VerdictChip verdict={worstVerdict(reports.map(({ verdict }) => verdict))} />
      </div>
      <CheckList
        label={words.checksOf(words.pieceKind[first.kind])}
        reports={reports}
        waived={waived}
        aboutKey={(key) => usedKeyWords(key, known(key))}
      />
      {children}
      <Foot report={first} byKey={at === 0} onDetails={onDetails} />
    </section>
  );
}

interface FootProps {
  readonly report: PieceReport;
  readonly byKey: boolean;
  readonly onDetails: (sha256: string) => void;
}

function Foot({ report: { sha256 }, byKey, onDetails }: FootProps) {
  return (
    <div className={styles.cardFoot}>
      <span>
        <span className={styles.quiet}>{words.sha256}</span> <Hash value={sha256} short />
        <CopyButton text={sha256} label={words.copySha} />
      </span>
      <Button look="link" onClick={() => onDetails(sha256)}>
        {words.allBytes} {byKey && <Kbd>V</Kbd>}
      </Button>
    </div>
  );
}

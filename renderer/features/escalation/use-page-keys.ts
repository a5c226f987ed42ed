import type { Opened } from '../../../shared/contract/escalation.ts';
import { type Bindings, useKeys } from '../../components/keys.ts';
import { onPageEscape } from '../decision/page-escape.ts';
import type { DecisionFlow } from '../decision/use-decision.ts';
import type { EvidenceActs } from './use-evidence.ts';
import type { Moves } from './use-moves.ts';

interface PageKeys {
  readonly opened: Opened;
  readonly flow: DecisionFlow;
  readonly evidence: EvidenceActs;
  readonly moves: Moves;
  readonly canDecide: boolean;
  readonly canAttach: boolean;
  readonly changed: boolean;
  readonly accept: () => void;
  readonly showDetails: () => void;
}

/** The page's single keys. A key whose control is off does nothing; Escape belongs to the form while it is open. */
export function usePageKeys(page: PageKeys): void {
  const { opened, flow, evidence, moves } = page;
  const leave = onPageEscape(moves.back);
  const when = (on: boolean, act: () => void) => (on ? act : () => {});
  const deciding: Bindings = {
    a: when(page.canDecide, () => flow.start('approved')),
    r: when(page.canDecide, () => flow.start('rejected')),
    w: when(page.canDecide, () => flow.start('withdrawn')),
    z: when(opened.pending !== null, flow.undo),
    c: when(page.canDecide, moves.toggleClaim),
    e: when(page.canAttach, evidence.attach),
  };
  const moving: Bindings = {
    j: () => moves.step('next'),
    k: () => moves.step('previous'),
    u: moves.back,
    ...(flow.open ? {} : { Escape: leave }),
  };
  useKeys({
    ...deciding,
    ...moving,
    v: page.showDetails,
    y: () => void navigator.clipboard.writeText(opened.escalation.record.escalation_id),
    '.': when(page.changed, page.accept),
  });
}

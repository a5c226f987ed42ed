import { drawEvidence } from './evidence-part.ts';
import { type Fact, facts, heading, inFours, moment } from './facts.ts';
import { INK } from './ink.ts';
import { PAGE, type Pages, TEXT_WIDTH } from './pages.ts';
import { baselineOf } from './paragraph.ts';
import type { DecisionPage } from './report-model.ts';
import { drawRequest } from './request-part.ts';
import { drawSign, outcomeSign } from './signs.ts';
import { STYLE } from './styles.ts';

const SIGN = 18;

/**
 * One decision, begun on a page of its own: first what the desk knows, then the evidence with every check and digest,
 * then what the agent's side said.
 */
export async function drawDecision(pages: Pages, page: DecisionPage): Promise<void> {
  pages.begin();
  drawHead(pages, page);
  pages.head = () => drawContinued(pages, page);
  drawFacts(pages, page);
  drawEvidence(pages, page);
  await drawRequest(pages, page);
  pages.head = null;
  await pages.drain();
}

function drawHead(pages: Pages, { number, escalation: { record, decision } }: DecisionPage): void {
  const outcome = outcomeSign(decision?.outcome ?? 'unknown');
  drawSign(pages.pen, outcome, PAGE.left, pages.y + 1, SIGN);
  const label = `Decision ${number}`;
  const right = PAGE.width - PAGE.right - pages.pen.widthOf(label, STYLE.label);
  pages.pen.words(label, STYLE.label, right, pages.y + baselineOf(STYLE.outcome), INK.soft);
  pages.text(outcome.word, STYLE.outcome, outcome.ink, SIGN + 8);
  pages.y += 6;
  pages.text(record.escalation_id === '' ? '(empty id)' : record.escalation_id, STYLE.mono);
  pages.y += 6;
}

/** At the head of each further page, so that no page stands alone. */
function drawContinued(pages: Pages, { number, escalation: { record } }: DecisionPage): void {
  const id = pages.lines(record.escalation_id, STYLE.digest, TEXT_WIDTH - 110).slice(0, 1);
  pages.row([
    { x: 0, style: STYLE.label, ink: INK.soft, lines: pages.lines(`Decision ${number}, continued`, STYLE.label, 110) },
    { x: 110, style: STYLE.digest, ink: INK.soft, lines: id },
  ]);
  pages.y += 2;
  pages.rule();
  pages.y += 8;
}

function drawFacts(pages: Pages, page: DecisionPage): void {
  const { decision, record, deadline } = page.escalation;
  const all: (Fact | null)[] = [
    { label: 'Decided', value: decision === null ? 'not decided' : moment(decision.decided_at) },
    page.shown_at === null ? null : { label: 'Shown', value: moment(page.shown_at) },
    { label: 'Reviewer', value: reviewerOf(page), style: STYLE.strong },
    { label: 'Reason code', value: decision?.reason_code ?? withheld(page, 'reason_code'), style: STYLE.mono },
    { label: 'Reason', value: decision?.reason ?? withheld(page, 'reason') },
    { label: 'Overrides', value: namesOf(decision?.overrides), style: STYLE.mono },
    { label: 'Accepted unchecked', value: namesOf(decision?.accepted_unchecked), style: STYLE.mono },
    { label: 'Resolution packet', value: packetOf(page), style: STYLE.digest },
    { label: 'Escalated', value: `${escalatedAt(page)}, event ${record.escalation_event_id}` },
    deadline === null ? null : { label: 'Deadline', value: `${moment(deadline.at)} (${deadline.source})` },
  ];
  facts(pages, present(all));
  drawStatement(pages, page);
  drawLater(pages, page);
  drawFindings(pages, page);
}

function escalatedAt({ escalated_at }: DecisionPage): string {
  return escalated_at === null ? 'not known: it came here decided' : moment(escalated_at);
}

function present(all: readonly (Fact | null)[]): Fact[] {
  return all.filter((fact): fact is Fact => fact !== null);
}

function reviewerOf(page: DecisionPage): string {
  const { decision } = page.escalation;
  if (decision?.reviewer !== undefined) return decision.reviewer;
  if (page.withheld.includes('reviewer')) return WITHHELD;
  return decision?.source === 'upstream' ? 'decided outside this desk' : 'nobody: by the clock';
}

const WITHHELD = 'withheld from this export; its commitment stands in the log';

function withheld(page: DecisionPage, field: string): string {
  return page.withheld.includes(field) ? WITHHELD : 'none';
}

function namesOf(names: readonly string[] | undefined): string {
  return names === undefined || names.length === 0 ? 'none' : names.join(', ');
}

function packetOf({ escalation: { decision, record }, statement }: DecisionPage): string {
  const hash = decision?.vep_hash ?? record.resolution_vep_hash;
  if (hash === undefined) return 'none';
  if (decision?.sealed !== true) return hash;
  return `${hash}\n${statement === null ? 'sealed by the desk that it came from' : 'built and sealed here'}`;
}

function drawStatement(pages: Pages, { statement }: DecisionPage): void {
  heading(pages, 'Statement and place in the log');
  if (statement === null) {
    pages.text('This desk did not record the decision: there is no statement.', STYLE.body);
    return;
  }
  const { signed_by, signer, key_fingerprint } = statement;
  const by =
    signed_by === null ? 'nobody: recorded before there was a key' : `${signer ?? 'unnamed'} (${signed_by}’s key)`;
  facts(
    pages,
    present([
      { label: 'Signed by', value: by },
      key_fingerprint === null
        ? null
        : { label: 'Key fingerprint', value: inFours(key_fingerprint), style: STYLE.digest },
      { label: 'Entry of the log', value: statement.log_index },
      { label: 'Leaf SHA-256', value: statement.leaf_sha256, style: STYLE.digest },
      { label: 'View SHA-256', value: statement.view_sha256, style: STYLE.digest },
    ]),
  );
}

/** What was said after the decision, or against it: kept beside it, never in its place. */
function drawLater(pages: Pages, { corrections, escalation: { dissents } }: DecisionPage): void {
  if (corrections.length + dissents.length === 0) return;
  heading(pages, 'Corrections and dissents');
  for (const { at, by, reason } of corrections) {
    facts(pages, [{ label: 'Corrected', value: `${moment(at)}, ${by ?? 'name withheld'}\n${reason ?? WITHHELD}` }]);
  }
  for (const { at, outcome, source, reviewer, reason } of dissents) {
    const who = reviewer ?? (source === 'upstream' ? 'outside this desk' : 'name withheld');
    const value = `${outcomeSign(outcome).word} ${moment(at)}, ${who}${reason === undefined ? '' : `\n${reason}`}`;
    facts(pages, [{ label: 'Dissent', value }]);
  }
}

function drawFindings(pages: Pages, { escalation: { findings } }: DecisionPage): void {
  if (findings.length === 0) return;
  heading(pages, 'Findings');
  for (const { code, message } of findings) {
    facts(pages, [{ label: code, value: message }]);
  }
}

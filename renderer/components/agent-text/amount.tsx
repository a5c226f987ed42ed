import { AgentLine } from './agent-line.tsx';
import { readAmount } from './money.ts';

/** A request's amount (exact JSON): currency code before the number in the app's face, or else the agent's text. */
export function Amount({ amount, className }: { amount: string; className?: string }) {
  const shown = readAmount(amount);
  if (shown.kind === 'agent')
    return <AgentLine text={shown.text} {...(className === undefined ? {} : { className })} />;
  return (
    <span className={className} translate="no">
      {shown.currency}&nbsp;{shown.number}
    </span>
  );
}

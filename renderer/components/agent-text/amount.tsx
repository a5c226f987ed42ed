import { CutLine } from './cut-line.tsx';
import { readAmount } from './money.ts';

interface AmountProps {
  /** Exact JSON. */
  readonly amount: string;
  readonly className?: string;
}

const LONGEST = 60;

/** A request's amount: currency code before the number in the app's face, or else the agent's text, cut if it is long. */
export function Amount({ amount, className }: AmountProps) {
  const shown = readAmount(amount);
  if (shown.kind === 'agent') return <CutLine text={shown.text} most={LONGEST} className={className} />;
  return (
    <span className={className} translate="no">
      {shown.currency}&nbsp;{shown.number}
    </span>
  );
}

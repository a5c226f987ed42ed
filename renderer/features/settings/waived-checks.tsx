import { Checkbox, Stack } from '@mantine/core';
import { WAIVABLE_CHECKS, type WaivableCheck } from '../../../shared/domain/verdict.ts';
import { SETTINGS_WORDS } from './words.ts';

const WORDS = SETTINGS_WORDS.tenant;

interface WaivedChecksProps {
  readonly waived: readonly WaivableCheck[];
  /** In the order of the list, whatever order they were ticked in. */
  readonly onChange: (waived: WaivableCheck[]) => void;
}

/** The checks that nobody has to accept before approving, each by its name, under what that means. */
export function WaivedChecks({ waived, onChange }: WaivedChecksProps) {
  return (
    <Checkbox.Group
      label={WORDS.waived}
      description={WORDS.waivedHint}
      value={[...waived]}
      onChange={(ticked) => onChange(WAIVABLE_CHECKS.filter((name) => ticked.includes(name)))}
    >
      <Stack gap="xs" mt="xs">
        {WAIVABLE_CHECKS.map((name) => (
          <Checkbox key={name} value={name} label={name} description={WORDS.waivable[name]} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { SETTINGS_WORDS } from './words.ts';

const WORDS = SETTINGS_WORDS.appearance;

/** Light, dark, or as the system has it. */
export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <h2>{WORDS.title}</h2>
      <SegmentedControl
        aria-label={WORDS.title}
        value={colorScheme}
        onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
        data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: WORDS[value] }))}
      />
    </>
  );
}

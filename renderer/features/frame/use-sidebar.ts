import { useLocalStorage, useMediaQuery } from '@mantine/hooks';

export type SidebarForm = 'wide' | 'folded' | 'menu';

/** How the sidebar stands: in a menu below 720, folded below 1100, else as the person left it. */
export function useSidebar(): { form: SidebarForm; toggle: () => void } {
  const narrow = useMediaQuery('(max-width: 719px)', false, { getInitialValueInEffect: false });
  const middle = useMediaQuery('(max-width: 1099px)', false, { getInitialValueInEffect: false });
  const [folded, setFolded] = useLocalStorage({
    key: 'desk-sidebar-folded',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const form = narrow ? 'menu' : middle || folded ? 'folded' : 'wide';
  return { form, toggle: () => setFolded(!folded) };
}

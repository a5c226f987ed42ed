import { dialog } from 'electron';

const CHOICES = ['record', 'draft', 'stay'] as const;

/** Who quits while decisions wait in their undo holds is asked what becomes of them; nobody is asked about none. */
export async function askAboutHolds(count: number): Promise<(typeof CHOICES)[number]> {
  if (count === 0) return 'draft';
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: count === 1 ? 'One decision is not recorded yet.' : `${count} decisions are not recorded yet.`,
    detail: 'They still wait for an undo. Kept as drafts, nothing is recorded.',
    buttons: ['Record now', 'Keep as drafts', 'Stay'],
    defaultId: 1,
    cancelId: 2,
  });
  return CHOICES[response] ?? 'stay';
}

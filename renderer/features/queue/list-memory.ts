/** How a list was left, so that coming back finds it so: scroll in pixels, the row with the focus, what is selected. */
export interface ListMemory {
  scroll: number;
  focus: string | null;
  selected: ReadonlySet<string>;
}

const memories = new Map<string, ListMemory>();

/** The memory of a list by its ledger, tenant and choice; kept while the window is open. */
export function listMemory(name: string): ListMemory {
  const known = memories.get(name) ?? { scroll: 0, focus: null, selected: new Set<string>() };
  memories.set(name, known);
  return known;
}

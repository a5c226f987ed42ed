import { ListPage } from './list-page.tsx';

/** What waits for a decision, soonest first. */
export function QueuePage() {
  return <ListPage kind="queue" />;
}

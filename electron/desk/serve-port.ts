import { RPCHandler } from '@orpc/server/message-port';
import type { Desk } from './desk.ts';

type Handler = RPCHandler<Record<never, never>>;
/** Any of the ports that a window may hold: Node's, Electron's or a page's. */
export type WindowPort = Parameters<Handler['upgrade']>[0];

/** Answers the desk's calls on ports: one handler for all windows of a desk. */
export function portServer(desk: Desk): (port: WindowPort) => void {
  const handler: Handler = new RPCHandler(desk.router);
  return (port) => handler.upgrade(port);
}

import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import type { Contract } from '../../shared/contract/index.ts';
import type { Desk } from './desk.ts';

export type DeskClient = ContractRouterClient<Contract>;

/** Calls the desk in the same process, through everything that stands around its handlers. */
export function localClient(desk: Desk): DeskClient {
  return createRouterClient(desk.router) as DeskClient;
}

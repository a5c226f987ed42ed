import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { contract } from '../../shared/contract/index.ts';
import { Link } from './link.ts';
import { dropSession, openSession, proveHost } from './session.ts';
import { type DeliveredPart, type DeskTransport, HostGone, type StagedFile } from './transport.ts';

const RETRY_MS = 1000;

/** Where the host gives a one-use address for each of an export's files, and what stands after its name. */
const PARTS: { readonly [part in DeliveredPart]: { readonly address: string; readonly end: string } } = {
  file: { address: '/downloads', end: '' },
  manifest: { address: '/manifests', end: '.manifest.json' },
  statement: { address: '/statements', end: '.manifest.dsse.json' },
};

/**
 * The desk over HTTP on this computer, for a page that the browser host served. null: there is no session, a fresh
 * link is needed. When the host falls silent the page freezes until it has proved itself (S30).
 */
export async function browserTransport(): Promise<DeskTransport | null> {
  const bearer = await openSession();
  if (bearer === null) return null;
  const link = new Link();
  const send = sender(bearer, link);
  // A bearer that was kept may be older than the host that now answers: it is shown to nobody unproved.
  await proveThen(bearer, link);
  return link.state() === 'ended' ? null : { ...fileCalls(send), kind: 'browser', client: rpcClient(send, link), link };
}

type Send = (request: Request) => Promise<Response>;

/** Sends with the bearer in a header (S28), only while the link is live; a silent host breaks the link. */
function sender(bearer: string, link: Link): Send {
  return async (request) => {
    if (link.state() !== 'live') throw new HostGone();
    request.headers.set('authorization', `Bearer ${bearer}`);
    try {
      return await fetch(request);
    } catch (error) {
      if (request.signal.aborted) throw error;
      void waitForHost(bearer, link);
      throw new HostGone();
    }
  };
}

async function waitForHost(bearer: string, link: Link): Promise<void> {
  if (link.state() !== 'live') return;
  link.become('gone');
  await proveThen(bearer, link);
}

async function proveThen(bearer: string, link: Link): Promise<void> {
  for (;;) {
    const found = await proveHost(bearer);
    if (found === 'proved') return link.become('live');
    if (found === 'impostor') {
      dropSession();
      return link.become('ended');
    }
    link.become('gone');
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

function rpcClient(send: Send, link: Link): DeskTransport['client'] {
  const rpc = new RPCLink({
    url: `${location.origin}/rpc`,
    fetch: (request) => send(request),
    plugins: [new ResponseValidationPlugin(contract)],
    interceptors: [(options) => link.guard(() => options.next())],
  });
  return createORPCClient(rpc);
}

function fileCalls(send: Send): Pick<DeskTransport, 'pickFiles' | 'stageFiles' | 'stageTarget' | 'deliver'> {
  const stageFiles = async (files: readonly File[]): Promise<StagedFile[]> => {
    const staged: StagedFile[] = [];
    for (const file of files) staged.push(await upload(send, file));
    return staged;
  };
  return {
    stageFiles,
    pickFiles: async () => stageFiles(await chooseFiles()),
    stageTarget: (name) => post<{ staged: string }>(send, '/targets', { name }),
    deliver: async (staged, name, part) => {
      const { address, end } = PARTS[part];
      const { code } = await post<{ code: string }>(send, address, { staged });
      const anchor = document.createElement('a');
      anchor.href = `/downloads/${code}`;
      anchor.download = `${name}${end}`;
      anchor.click();
    },
  };
}

/** A small JSON request of the host; what it refuses is an error in its words. */
async function post<T>(send: Send, path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return answerOf<T>(await send(new Request(path, { method: 'POST', headers, body: JSON.stringify(body) })));
}

async function answerOf<T>(answer: Response): Promise<T> {
  const body = (await answer.json()) as T & { error?: { message: string } };
  if (!answer.ok) throw new Error(body.error?.message ?? 'The desk did not answer as expected. Nothing was changed.');
  return body;
}

async function upload(send: Send, file: File): Promise<StagedFile> {
  const address = `/files?name=${encodeURIComponent(file.name)}`;
  const answer = await send(new Request(address, { method: 'PUT', body: file }));
  const { staged } = await answerOf<{ staged: string }>(answer);
  return { staged, name: file.name, bytes: file.size };
}

function chooseFiles(): Promise<File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]), { once: true });
    input.addEventListener('cancel', () => resolve([]), { once: true });
    input.click();
  });
}

import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { contract } from '../../shared/contract/index.ts';
import { Link } from './link.ts';
import { nestedClient } from './nested-client.ts';
import type { DeskClient, DeskTransport, StagedFile } from './transport.ts';

/** What the preload exposes as `window.desk`: named methods, no events, no channel names. */
export interface DeskBridge {
  /** Asks for a way to the desk; it comes as a window message `{ desk: 'port' }` from this window, with one port. */
  connect(): void;
  pickFiles(): Promise<StagedFile[]>;
  stageDropped(file: File): Promise<StagedFile>;
  pickTarget(suggestedName: string): Promise<{ staged: string } | null>;
  pickFolder(): Promise<StagedFile | null>;
}

declare global {
  interface Window {
    readonly desk?: DeskBridge;
  }
}

/** The desk over a MessagePort of the desktop host. A port that closes freezes the page until a new one has come. */
export async function desktopTransport(bridge: DeskBridge): Promise<DeskTransport> {
  const link = new Link();
  let client = portClient(await nextPort(bridge), link, reconnect);

  function reconnect(): void {
    link.become('gone');
    void nextPort(bridge).then((port) => {
      client = portClient(port, link, reconnect);
      link.become('live');
    });
  }

  return {
    kind: 'desktop',
    client: nestedClient(() => client),
    link,
    pickFiles: () => bridge.pickFiles(),
    stageFiles: (files) => Promise.all(files.map((file) => bridge.stageDropped(file))),
    stageTarget: (suggestedName) => bridge.pickTarget(suggestedName),
    pickFolder: () => bridge.pickFolder(),
    deliver: () => Promise.resolve(),
  };
}

function nextPort(bridge: DeskBridge): Promise<MessagePort> {
  return new Promise((resolve) => {
    const take = (event: MessageEvent): void => {
      const port = event.ports[0];
      if (event.source !== window || event.data?.desk !== 'port' || port === undefined) return;
      window.removeEventListener('message', take);
      resolve(port);
    };
    window.addEventListener('message', take);
    bridge.connect();
  });
}

function portClient(port: MessagePort, link: Link, closed: () => void): DeskClient {
  port.addEventListener('close', closed, { once: true });
  const rpc = new RPCLink({
    port,
    plugins: [new ResponseValidationPlugin(contract)],
    interceptors: [(options) => link.guard(() => options.next())],
  });
  port.start();
  return createORPCClient(rpc);
}

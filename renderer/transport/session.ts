const KEPT = 'desk-session';
const CHANNEL = 'desk-session';
const ASK_MS = 400;

/** 256 random bits as hex: what the host has to answer for. */
function freshNonce(): string {
  return hex(crypto.getRandomValues(new Uint8Array(32)));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** HMAC-SHA-256 of the nonce's text under the bearer's text, as hex: only the host that gave the bearer can say it. */
export async function proofFor(bearer: string, nonce: string): Promise<string> {
  const utf8 = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', utf8.encode(bearer), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(nonce))));
}

/**
 * Whether whoever answers at this address holds our session's secret (S30). The bearer is not sent. `silent`: nobody
 * answers; `impostor`: somebody does, but not the host that we know.
 */
export async function proveHost(bearer: string): Promise<'proved' | 'impostor' | 'silent'> {
  const nonce = freshNonce();
  try {
    const answer = await fetch('/prove', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ nonce }),
    });
    if (!answer.ok) return 'impostor';
    const { proof } = (await answer.json()) as { proof?: unknown };
    return proof === (await proofFor(bearer, nonce)) ? 'proved' : 'impostor';
  } catch (error) {
    return error instanceof SyntaxError ? 'impostor' : 'silent';
  }
}

/**
 * The bearer of this page's session, or null when a fresh link is needed: from the one-use code in the address (which
 * goes from the address at once), else kept over a reload, else asked of another tab.
 */
export async function openSession(): Promise<string | null> {
  const code = takeCode();
  const bearer = (code && (await exchange(code))) || sessionStorage.getItem(KEPT) || (await askOtherTabs());
  if (!bearer) return null;
  sessionStorage.setItem(KEPT, bearer);
  shareWithOtherTabs(bearer);
  return bearer;
}

/** Forgets the bearer: it is of no more use. */
export function dropSession(): void {
  sessionStorage.removeItem(KEPT);
}

function takeCode(): string | null {
  const code = new URLSearchParams(location.hash.slice(1)).get('code');
  if (code !== null) history.replaceState(history.state, '', location.pathname + location.search);
  return code;
}

async function exchange(code: string): Promise<string | null> {
  const answer = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  if (!answer.ok) return null;
  const { bearer } = (await answer.json()) as { bearer?: unknown };
  return typeof bearer === 'string' ? bearer : null;
}

function askOtherTabs(): Promise<string | null> {
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise((resolve) => {
    const done = (bearer: string | null): void => {
      channel.close();
      resolve(bearer);
    };
    channel.onmessage = ({ data }) => {
      if (typeof data?.bearer === 'string') done(data.bearer);
    };
    channel.postMessage({ ask: true });
    setTimeout(() => done(null), ASK_MS);
  });
}

/** Tells another tab of this address, but only after the host has proved itself: the tab may be an impostor's. */
function shareWithOtherTabs(bearer: string): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = async ({ data }) => {
    if (data?.ask === true && (await proveHost(bearer)) === 'proved') channel.postMessage({ bearer });
  };
}

import { safeStorage } from 'electron';
import { decodeBase64, encodeBase64 } from '../../../shared/domain/base64.ts';

/**
 * On Linux those that keep a secret of the account's; anything else there (`basic_text`) encrypts under a password that
 * everybody knows (S15).
 */
const LINUX_KEYRINGS: ReadonlySet<string> = new Set(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6']);

/**
 * Whether this system has a keyring that really encrypts. Asks nothing of it: it may be locked, and would ask the person
 * before there is a window. The app is ready.
 */
export function hasKeyring(): boolean {
  return process.platform !== 'linux' || LINUX_KEYRINGS.has(safeStorage.getSelectedStorageBackend());
}

/** The secret as only this account of this machine can open it. Fails where the keyring cannot be reached. */
export async function sealSecret(secret: Uint8Array): Promise<Uint8Array> {
  await reachable();
  return safeStorage.encryptStringAsync(encodeBase64(secret));
}

/** The secret again; `reseal`: the system has a newer key for it. Fails where the keyring is another now, or locked. */
export async function unsealSecret(sealed: Uint8Array): Promise<{ opened: Uint8Array; reseal: boolean }> {
  await reachable();
  const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed));
  const opened = decodeBase64(result);
  // A keyring without authentication may open what is another's, to nonsense.
  if (opened === null) throw new Error('the keyring opened it to something else');
  return { opened, reseal: shouldReEncrypt };
}

async function reachable(): Promise<void> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) throw new Error('the keyring cannot be reached');
}

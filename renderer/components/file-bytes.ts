import { decodeBase64 } from '../../shared/domain/base64.ts';

/** The bytes of a base64 answer; the desk sends nothing else. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const bytes = decodeBase64(base64);
  if (bytes === null) throw new Error('The desk sent bytes that are no base64. Nothing was done with them.');
  return bytes;
}

/** Hands bytes to the person as a file: the browser asks where, or puts it with the downloads. */
export function offerFile(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** The last part of a path, as the command line names files; of a bare name, that. */
export function bareName(path: string): string {
  return /[^/\\]+$/.exec(path)?.[0] ?? path;
}

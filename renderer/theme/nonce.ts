declare global {
  var __webpack_nonce__: string | undefined;
}

/** The nonce that the host's content security policy allows style elements by; '' where the host sets no policy. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** Hands the nonce to react-remove-scroll, which asks for it under this name and nowhere else. */
export function announceNonce(): void {
  globalThis.__webpack_nonce__ = styleNonce();
}

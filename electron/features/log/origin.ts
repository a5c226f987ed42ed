/** The name of a tenant's log, as its checkpoints have it, and of the key that signs them (docs/formats/bundle.md). */
export function originOf(uid: string): string {
  return `vex-review-desk/log/${uid}`;
}

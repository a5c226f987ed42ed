import type { OwnKey } from '../../../shared/contract/keys.ts';

/** The sentences of the first run. */
export const WELCOME_WORDS = {
  product: 'VEX Review Desk',
  steps: {
    ledger: { name: 'Ledger', note: 'New, on this computer' },
    you: { name: 'You', note: 'A name for your decisions' },
    keys: {
      name: 'Keys to trust',
      note: 'Compare them before they count',
      done: (purposes: readonly string[], files: readonly string[]) => `${list(purposes)}, from ${list(files)}`,
      settings: 'In Settings',
      skipped: 'All will be Unchecked until you add keys.',
    },
    escalations: { name: 'Escalations', note: 'Bring in the first' },
  },
  you: {
    title: 'Who decides here?',
    text: 'Each decision names who made it.',
    label: 'Your name',
    hint: '1 to 100 characters, as your colleagues know you.',
    next: 'Continue',
  },
  tenant: {
    label: 'Tenant',
    note: 'whose escalations you review, as VEX names it: acme-payments',
    lacking: 'Name the tenant first.',
  },
  own: {
    title: 'Make a key of your own?',
    text: 'With it the desk seals packets of your decisions, which others can check. You can also make it later, in Settings.',
    key: 'Key',
    protection: {
      keyring: 'kept by the keyring',
      passphrase: 'passphrase set',
      file: 'kept in a file',
    } satisfies { readonly [how in OwnKey['protection']]: string },
    skip: 'Skip',
    skipNote: 'You decide without a seal until you make one.',
  },
  keys: {
    title: 'Whose signatures do you trust?',
    text: 'Evidence is judged with these keys only, never with a key that came with it. Each is compared with its owner first.',
    choose: 'Choose a trust file…',
    reading: 'Reading the file…',
    chooseNote: 'A JSON array of keys, from whoever runs your gate.',
    compare: 'Compare each over another channel: a call, a visit, a page that you know.',
    baselines: (n: number) =>
      n === 1
        ? '1 PCR baseline of the file waits for you in Settings afterwards.'
        : `${n} PCR baselines of the file wait for you in Settings afterwards.`,
    pin: (n: number) => (n === 0 ? 'Pin' : n === 1 ? 'Pin 1 key' : `Pin ${n} keys`),
    pinning: 'Pinning…',
    skip: 'Skip',
    skipNote: 'All will be Unchecked until you add keys.',
    enough: 'Continue with the keys that are pinned',
  },
  escalations: {
    title: 'Bring in escalations',
    text: 'Choose where they come from. You can add more later.',
    back: 'Back',
    skip: 'Skip, start with an empty queue',
    imports: 'Skip, go to the imports',
  },
  offline: 'Works without a network. Nothing leaves this computer.',
};

function list(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names);
}

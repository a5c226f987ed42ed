/** The sentences of the first run. */
export const WELCOME_WORDS = {
  product: 'VEX Review Desk',
  steps: {
    ledger: { name: 'Ledger', note: 'New, on this computer' },
    you: { name: 'You', note: 'A name for your decisions' },
    keys: {
      name: 'Keys to trust',
      note: 'Compare them before they count',
      done: (purposes: readonly string[], file: string) => `${purposes.join(' and ')}, from ${file}`,
      settings: 'In Settings',
      skipped: 'All will be Unchecked until you add keys.',
    },
    escalations: { name: 'Escalations', note: 'Bring in the first' },
  },
  you: {
    title: 'Who decides here?',
    text: 'Each decision names who made it. A key of your own, which seals packets of your decisions, is made in Settings.',
    label: 'Your name',
    hint: '1 to 100 characters, as your colleagues know you.',
    next: 'Continue',
  },
  keys: {
    title: 'Whose signatures do you trust?',
    text: 'Evidence is judged with these keys only, never with a key that came with it. Each is compared with its owner first.',
    tenant: 'Tenant',
    tenantNote: 'whose escalations they judge, as VEX names it: acme-payments',
    choose: 'Choose a trust file…',
    reading: 'Reading the file…',
    chooseNote: 'A JSON array of keys, from whoever runs your gate.',
    compare: 'Compare each over another channel: a call, a visit, a page that you know.',
    baselines: (n: number) =>
      n === 1
        ? '1 PCR baseline of the file waits for you in Settings afterwards.'
        : `${n} PCR baselines of the file wait for you in Settings afterwards.`,
    lacksTenant: 'Name the tenant first.',
    next: (n: number) => (n === 0 ? 'Continue' : n === 1 ? 'Continue with 1 key' : `Continue with ${n} keys`),
    skip: 'Skip',
    skipNote: 'All will be Unchecked until you add keys.',
  },
  escalations: {
    title: 'Bring in escalations',
    text: 'Choose where they come from. You can add more later.',
    back: 'Back',
    skip: 'Go to the imports',
  },
  offline: 'Works without a network. Nothing leaves this computer.',
};

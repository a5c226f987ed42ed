/** The sentences of the first run. */
export const WELCOME_WORDS = {
  product: 'VEX Review Desk',
  steps: {
    ledger: { name: 'Ledger', note: 'New, on this computer' },
    you: { name: 'You', note: 'A name for your decisions' },
    escalations: { name: 'Escalations', note: 'Bring in the first' },
  },
  you: {
    title: 'Who decides here?',
    text: 'Each decision names who made it. Until you have a key, its ledger event says that it is unsigned.',
    label: 'Your name',
    hint: '1 to 100 characters, as your colleagues know you.',
    next: 'Continue',
  },
  escalations: {
    title: 'Bring in escalations',
    text: 'Choose where they come from. You can add more later.',
    skip: 'Go to the imports',
  },
  offline: 'Works without a network. Nothing leaves this computer.',
};

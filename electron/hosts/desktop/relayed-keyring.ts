import { DeskError } from '../../../shared/domain/errors.ts';
import type { Keyring } from '../../desk/desk.ts';
import type { ToDesk, ToMain } from './messages.ts';

type Heard = Extract<ToDesk, { kind: 'sealed' | 'unsealed' | 'keyring-failed' }>;

/** The system's keyring as the desk's process has it: only the main process may ask for it. */
export class RelayedKeyring implements Keyring {
  readonly #say: (message: ToMain) => void;
  readonly #waiting = new Map<number, (heard: Heard) => void>();
  #count = 0;

  constructor(say: (message: ToMain) => void) {
    this.#say = say;
  }

  async seal(bytes: Uint8Array): Promise<Uint8Array> {
    const answer = await this.#ask('seal', bytes);
    if (answer.kind === 'sealed') return answer.sealed;
    throw unreachable();
  }

  async unseal(bytes: Uint8Array): Promise<{ secret: Uint8Array; reseal: boolean }> {
    const answer = await this.#ask('unseal', bytes);
    if (answer.kind === 'unsealed') return { secret: answer.opened, reseal: answer.reseal };
    throw unreachable();
  }

  hear(heard: Heard): void {
    this.#waiting.get(heard.secret)?.(heard);
    this.#waiting.delete(heard.secret);
  }

  #ask(kind: 'seal' | 'unseal', bytes: Uint8Array): Promise<Heard> {
    const secret = this.#count;
    this.#count += 1;
    return new Promise((resolve) => {
      this.#waiting.set(secret, resolve);
      this.#say({ kind, secret, bytes });
    });
  }
}

function unreachable(): DeskError {
  const message =
    'The system’s keyring did not do this: it is locked, gone or another now. Nothing was changed. Unlock it and try again, or use a passphrase.';
  return new DeskError('UNAUTHORIZED', message, { lost: true });
}

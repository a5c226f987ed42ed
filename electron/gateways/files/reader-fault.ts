import type { ErrorCode } from '../../../shared/domain/errors.ts';

interface FaultOptions {
  readonly cause?: unknown;
  /** The call itself must be made otherwise: with a tenant. */
  readonly needsTenant?: boolean;
}

/** Why a source cannot be read at all. Its message is for people. */
export class ReaderFault extends Error {
  readonly code: Extract<ErrorCode, 'INVALID_INPUT' | 'NOT_FOUND' | 'SOURCE_BUSY' | 'LIMIT_EXCEEDED'>;
  readonly needsTenant: boolean;

  constructor(code: ReaderFault['code'], message: string, options: FaultOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.needsTenant = options.needsTenant ?? false;
  }
}

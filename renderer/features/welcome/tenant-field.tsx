import { TextInput } from '@mantine/core';
import type { FirstTenant } from './use-first-tenant.ts';
import { WELCOME_WORDS } from './words.ts';

const WORDS = WELCOME_WORDS.tenant;

/** The one thing asked for first; stable, so that it acts when the field appears and never again. */
const takeFocus = (field: HTMLInputElement | null): void => field?.focus();

/** Whose ledger it is going to be: keys belong to a tenant, and none has come in yet. */
export function TenantField({ tenant }: { tenant: FirstTenant }) {
  return (
    <TextInput
      label={WORDS.label}
      description={WORDS.note}
      value={tenant.typed}
      maxLength={512}
      ref={takeFocus}
      onChange={({ target }) => tenant.type(target.value)}
    />
  );
}

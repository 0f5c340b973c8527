import { commandLine } from '../command-line.ts'
import { type ChangeContext, DomainError, requireApiKey } from './change-context.ts'

/** The longest time before a signing key retires, in seconds: a year. */
export const MAX_RETIRING_SECONDS = 365 * 86_400

/**
 * Sets the retirement of a signing key: from then on, none of its tokens is admitted. Open sessions stay open.
 *
 * @param inSeconds the time until it retires, 0 to {@link MAX_RETIRING_SECONDS}. Default: immediately.
 * @returns when it retires, in seconds since 1970.
 */
export async function retireSigningKey(
  { store, now }: ChangeContext,
  apiKey: string,
  keyId: string,
  inSeconds = 0,
): Promise<number> {
  if (!(inSeconds >= 0 && inSeconds <= MAX_RETIRING_SECONDS)) {
    throw new DomainError(`A signing key can be retired in 0 to ${MAX_RETIRING_SECONDS} seconds`, {
      reason: 'unusable',
    })
  }
  await requireApiKey(store, apiKey)
  const retiresAt = Math.floor(now() + inSeconds)
  if (await store.retireSigningKey(apiKey, keyId, retiresAt, now())) return retiresAt
  throw noneInForce(apiKey, keyId)
}

/** Cancels the retirement of a signing key that is still active. */
export async function keepSigningKey({ store, now }: ChangeContext, apiKey: string, keyId: string): Promise<void> {
  await requireApiKey(store, apiKey)
  if (await store.retireSigningKey(apiKey, keyId, undefined, now())) return
  throw noneInForce(apiKey, keyId)
}

function noneInForce(apiKey: string, keyId: string): DomainError {
  return new DomainError(`${apiKey} has no active signing key ${JSON.stringify(keyId)}`, {
    reason: 'unknown',
    hint: commandLine(`signing-key list ${apiKey}`),
  })
}

import type { Revocation } from '../../api-key/revocation.ts'
import { revoke } from '../../api-key/revoke.ts'
import type { Desk } from '../platform-client.ts'
import { type StoreSettings, withChange } from '../settings.ts'

export function revokeHere(
  settings: StoreSettings,
  apiKey: string,
  what: Parameters<Desk['revoke']>[1],
): Promise<Revocation> {
  return withChange(settings, async (office, note) => {
    const made = await revoke(office, apiKey, what)
    const after = { kind: what.kind, ...(what.kind === 'ban' && { until: made.forgetAt }) }
    note({ action: 'revocation.made', apiKey, subject: what.subject || undefined, after })
    return made
  })
}

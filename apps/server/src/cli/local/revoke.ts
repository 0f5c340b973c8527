import type { Revocation } from '../../api-key/revocation.ts'
import { revoke } from '../../api-key/revoke.ts'
import type { PlatformClient } from '../platform-client.ts'
import { type StoreSettings, withChange } from './store.ts'

export function revokeLocal(
  settings: StoreSettings,
  apiKey: string,
  what: Parameters<PlatformClient['revoke']>[1],
): Promise<Revocation> {
  return withChange(settings, async (context, note) => {
    const made = await revoke(context, apiKey, what)
    const after = { kind: what.kind, ...(what.kind === 'ban' && { until: made.forgetAt }) }
    note({ action: 'revocation.made', apiKey, subject: what.subject || undefined, after })
    return made
  })
}

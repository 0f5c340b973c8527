import type { KeyUse } from '../api-key/key-advice.ts'
import type { SigningKey } from '../api-key/signing-key.ts'
import { formatDuration } from '../format-duration.ts'
import { askServerIfAny } from './ask-server.ts'

const DAY = 86_400
const SAFE_SECONDS = 30 * DAY

/** How much a signing key is used; its sessions are unknown where no server runs. */
export type KeyUseNow = KeyUse

/** Asks the running server, if there is one, and the store what is known of the use of signing keys. */
export async function findKeyUses(
  data: string,
  apiKey: string,
  keys: readonly SigningKey[],
): Promise<ReadonlyMap<string, KeyUseNow>> {
  const answer = await askServerIfAny(data, 'list_key_uses', { apiKey })
  const live = answer && new Map(answer.uses.map((use) => [use.keyId, use]))
  return new Map(
    keys.map(({ keyId, lastUsedAt }) => [
      keyId,
      {
        lastUsedAt: live?.get(keyId)?.lastUsedAt ?? lastUsedAt,
        sessions: live && (live.get(keyId)?.sessions ?? 0),
      },
    ]),
  )
}

/** Says what would break if the key were gone: "3 sessions and the last token 2 min ago", or "unused for 30 d, safe". */
export function describeKeyUse({ lastUsedAt, sessions }: KeyUseNow, now: number): string {
  const unknown = sessions === undefined ? ' (no server runs, so its sessions are not known)' : ''
  const open = sessions === undefined || sessions === 0 ? '' : `${sessions} session${sessions === 1 ? '' : 's'} and `
  if (lastUsedAt === undefined) return `${open === '' ? 'never used' : `${open}no token since`}${unknown}`
  const ago = Math.max(0, now - lastUsedAt)
  if (open === '' && ago >= DAY)
    return `unused for ${formatDuration(ago)}${ago >= SAFE_SECONDS ? ', safe' : ''}${unknown}`
  return `${open}the last token ${formatDuration(ago)} ago${unknown}`
}

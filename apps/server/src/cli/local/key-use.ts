import type { KeyUse } from '../../api-key/key-advice.ts'
import type { SigningKey } from '../../api-key/signing-key.ts'
import { formatDuration } from '../../format-duration.ts'
import { askServerIfAny } from './ask-server.ts'

const DAY = 86_400
const SAFE_SECONDS = 30 * DAY

/** How much a signing key is used. Its sessions are unknown if no server runs. */
export type KeyUseNow = KeyUse

/** Finds how much signing keys are used, from the store and from the running server if there is one. */
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

/** Describes the use of a signing key: "3 sessions, last token 2 min ago" or "unused for 30 d, safe to retire". */
export function describeKeyUse({ lastUsedAt, sessions }: KeyUseNow, now: number): string {
  const unknown = sessions === undefined ? ' (sessions unknown: no server runs)' : ''
  const open = sessions === undefined || sessions === 0 ? '' : `${sessions} session${sessions === 1 ? '' : 's'}, `
  if (lastUsedAt === undefined) return `${open === '' ? 'never used' : `${open}no token used yet`}${unknown}`
  const ago = Math.max(0, now - lastUsedAt)
  if (open === '' && ago >= DAY)
    return `unused for ${formatDuration(ago)}${ago >= SAFE_SECONDS ? ', safe to retire' : ''}${unknown}`
  return `${open}last token ${formatDuration(ago)} ago${unknown}`
}

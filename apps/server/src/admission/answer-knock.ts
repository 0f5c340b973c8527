import { createTokenVerifier } from '@stagedoor/access-token'
import type { Keyring } from '../keyring/keyring.ts'
import { type Admission, admit, type Knock } from './admit.ts'
import { type Refusal, refuseApiKey, refuseToken } from './refusal.ts'

// An unknown API key costs the work of a known one whose signature does not hold.
const verifyWithoutKeys = createTokenVerifier({ keys: [] })

/** Decides on a knock: verifies the token with the keys of the API key, and admits or refuses. */
export function answerKnock(knock: Knock, keyring: Pick<Keyring, 'find'>, now: number): Admission | Refusal {
  const known = keyring.find(knock.apiKey)
  const verify = known?.verify ?? verifyWithoutKeys
  const verdict = verify(knock.token, { userAgentId: knock.id, now })
  if (verdict.ok) return admit(verdict.claims, knock)
  return known === undefined ? refuseApiKey(verdict) : refuseToken(verdict)
}

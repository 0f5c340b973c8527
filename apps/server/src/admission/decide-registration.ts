import { createTokenVerifier, inspectToken } from '@stagedoor/access-token'
import type { Keyring } from '../keyring/keyring.ts'
import type { KnownApiKey } from '../keyring/known-api-key.ts'
import { type Admission, admit } from './admit.ts'
import { asForeign, type Refusal, refuseApiKey, refuseByPolicy, refuseForWantOfKeys, refuseToken } from './refusal.ts'
import type { Credentials, Facts, RegistrationRequest } from './registration-request.ts'

// An unknown API key costs the same work as a known one with an invalid signature.
const verifyWithoutKeys = createTokenVerifier({ keys: [] })

/** The live facts about a registration request whose token is verified. */
export type FactsOf = (credentials: Credentials | undefined, known: KnownApiKey) => Omit<Facts, 'now'>

/** The part of the keyring that decides registration attempts. */
export type KeyringToDecide = Pick<Keyring, 'find' | 'isDisabled'>

/** Decides a registration request: verifies the token with the keys of the API key, then admits or refuses. */
export function decideRegistration(
  request: RegistrationRequest,
  keyring: KeyringToDecide,
  now: number,
  factsOf: FactsOf,
): Admission | Refusal {
  const known = keyring.find(request.apiKey)
  if (known !== undefined && !known.policy.requireToken && request.token === undefined) {
    return decideByPolicy(undefined, request, known, now, factsOf)
  }
  const verify = known?.verify ?? verifyWithoutKeys
  const verdict = verify(request.token, { userId: request.id, now })
  if (!verdict.ok) {
    // Always computed: an unknown API key must cost the same work as a known one.
    const isForeign = !verdict.authentic && namesAnother(request)
    if (known === undefined) return refuseApiKey(verdict, keyring.isDisabled(request.apiKey))
    const explained = isForeign ? asForeign(verdict) : verdict
    return known.keysAreMissing ? refuseForWantOfKeys(explained) : refuseToken(explained)
  }
  // Without keys nothing can be verified, so a verified token belongs to a known API key.
  return decideByPolicy(verdict, request, known as KnownApiKey, now, factsOf)
}

function decideByPolicy(
  credentials: Credentials | undefined,
  request: RegistrationRequest,
  known: KnownApiKey,
  now: number,
  factsOf: FactsOf,
): Admission | Refusal {
  const decision = admit(credentials, request, known, { ...factsOf(credentials, known), now })
  return decision.ok ? decision : refuseByPolicy(decision, credentials !== undefined)
}

/** Whether an unverified token names another API key. */
export function namesAnother({ apiKey, token }: Pick<RegistrationRequest, 'apiKey' | 'token'>): boolean {
  const inspection = inspectToken(token)
  const sub = inspection.ok ? inspection.payload['sub'] : undefined
  return typeof sub === 'string' && sub !== apiKey
}

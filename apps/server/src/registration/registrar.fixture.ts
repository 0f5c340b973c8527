import { AccessToken, createTokenVerifier } from '@stagedoor/access-token'
import type { RegistrationRequest } from '../admission/registration-request.ts'
import { type Revocation, Revocations } from '../api-key/revocation.ts'
import { systemClock } from '../clock.ts'
import { KeyUses } from '../keyring/key-uses.ts'
import type { KnownApiKey } from '../keyring/known-api-key.ts'
import { DEFAULT_POLICY, type Policy } from '../policy/policy.ts'
import { RecordingChannel } from '../session/session.fixture.ts'
import type { Session } from '../session/session.ts'
import { Sessions } from '../session/sessions.ts'
import { enforcePolicy } from './enforce-policy.ts'
import { Registrar } from './registrar.ts'

export const API_KEY = 'shop'
const SECRET = 'the secret of a test, not of anybody else'

export function mint(
  id: string,
  options: ConstructorParameters<typeof AccessToken>[2] = {},
  keyId: string | undefined = 'one',
): string {
  return new AccessToken(API_KEY, SECRET, { apiRTC_UserAgent_Id: id, ...(keyId && { keyId }), ...options }).toJwt()
}

export function requestOf(id: string, rest: Partial<RegistrationRequest> = {}): RegistrationRequest {
  return { apiKey: API_KEY, id, token: mint(id), ...rest }
}

/** A registrar with one API key, whose policy and revocations can be changed. */
export function openTestRegistrar(policy: Partial<Policy> = {}) {
  let known = knownWith(policy, [])
  const sessions = new Sessions(systemClock, () => {})
  const keyring = {
    find: (apiKey: string) => (apiKey === API_KEY ? known : undefined),
    isDisabled: () => false,
    failedKeySetsOf: () => [],
    fetchKeysFor: () => undefined,
    uses: new KeyUses(),
  }
  const registrar = new Registrar(keyring, sessions, systemClock)
  const changed: Session[] = []
  const hold = () =>
    enforcePolicy({ keyring, sessions, clock: systemClock, onChange: (session) => changed.push(session) }, API_KEY)

  /** Attempts, and is let in where the answer is yes. The session ends when its channel is closed. */
  function enter(request: RegistrationRequest) {
    const channel = new RecordingChannel()
    const answer = registrar.answer(request)
    if (!answer.ok) return { code: answer.code, channel, session: undefined }
    // Nobody waits here: what follows is as if it was written down at once.
    void registrar.spend(answer)
    const session = registrar.open(answer, channel)
    channel.onClose = () => sessions.end(session)
    return { code: undefined, channel, session }
  }

  /** Renews a session with a token, if it is good. */
  function renew(session: Session, token: string) {
    const answer = registrar.answerRenewal(session, token)
    if (!answer.ok) return answer
    void registrar.spend(answer)
    registrar.renew(session, answer)
    return answer
  }

  return {
    registrar,
    keyring,
    sessions,
    changed,
    enter,
    renew,
    change(next: Partial<Policy> | undefined, revocations: readonly Partial<Revocation>[] = []) {
      known = next === undefined ? undefined : knownWith(next, revocations)
      hold()
    },
  }
}

function knownWith(changes: Partial<Policy>, revocations: readonly Partial<Revocation>[]): KnownApiKey | undefined {
  const policy = { ...DEFAULT_POLICY, ...changes }
  const verify = createTokenVerifier({
    apiKey: API_KEY,
    keys: [{ algorithm: 'HS256', keyId: 'one', secret: SECRET }],
    allowAnyUserAgent: policy.allowAnyUser,
    audience: policy.audience,
    clockSkewSeconds: policy.clockSkewSeconds,
    maxTtlSeconds: policy.maxTtlSeconds,
  })
  const complete = revocations.map(
    (revocation): Revocation => ({
      apiKey: API_KEY,
      kind: 'token',
      subject: '',
      revokedAt: 0,
      forgetAt: 0,
      ...revocation,
    }),
  )
  return {
    apiKey: API_KEY,
    name: 'Shop',
    state: 'active',
    createdAt: 0,
    policy,
    verify,
    revocations: new Revocations(complete),
    keysAreMissing: false,
  }
}

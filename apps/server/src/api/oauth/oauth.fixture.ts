import { AccessToken, inspectToken } from '@stagedoor/access-token'
import { findKeysThrough, ProviderKeys } from '@stagedoor/identity'
import { onTestFinished } from 'vitest'
import { createApiKey } from '../../api-key/keys.ts'
import { systemClock } from '../../clock.ts'
import { loadKeyring } from '../../keyring/keyring.ts'
import { createLog } from '../../observe/log.ts'
import { fetchGuarded } from '../../outbound/fetch-bounded.ts'
import { DEFAULT_POLICY, type Policy } from '../../policy/policy.ts'
import { Throttle } from '../../rate-limit/throttle.ts'
import { openStore } from '../../store/open.ts'
import { temporaryFolder } from '../../store/store.fixture.ts'
import { createHttp } from '../http.ts'
import type { OAuthContext } from './oauth-context.ts'
import { serveOAuth } from './serve-oauth.ts'

export const ISSUER = 'https://stagedoor.example'

export type Client = Awaited<ReturnType<typeof createApiKey>>['secret']

/** The OAuth endpoints on a real store in a new folder. */
export async function openTestOAuth(changes: Partial<OAuthContext> = {}) {
  const clock = systemClock
  const { store, seal } = await openStore({ dataFolder: temporaryFolder() })
  const changeContext = { store, seal, now: clock.now }
  const keyring = await loadKeyring({ store, seal, now: clock.now, fetchKeys: async () => undefined })
  const http = await createHttp()
  onTestFinished(async () => {
    await http.close()
    await store.close()
  })
  const log = createLog({ level: 'silent', pretty: false })
  const findKeys = findKeysThrough(fetchGuarded(true), () => {})
  const context: OAuthContext = {
    keyring,
    store,
    clock,
    log,
    providerKeys: new ProviderKeys(findKeys),
    recordExchange: () => {},
    throttle: new Throttle(clock),
    publicUrl: () => ISSUER,
    ...changes,
  }
  await serveOAuth(http, context)

  /** Creates an API key, which is a client with its first secret. */
  async function enroll(policy: Partial<Policy> = {}): Promise<Client> {
    const { secret } = await createApiKey(changeContext, { name: 'Shop', policy: { ...DEFAULT_POLICY, ...policy } })
    await keyring.refresh()
    return secret
  }

  async function post(path: string, form: string, headers: Record<string, string> = {}) {
    const answer = await http.inject({
      method: 'POST',
      url: path,
      payload: form,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    })
    return { status: answer.statusCode, headers: answer.headers, body: answer.json(), text: answer.body }
  }

  /** Posts a form as a client that authenticates in the header. */
  function ask(path: string, client: Pick<Client, 'apiKey' | 'secret'>, token: string) {
    return post(path, new URLSearchParams({ token }).toString(), { authorization: basic(client) })
  }

  return { http, store, changeContext, keyring, enroll, post, ask }
}

export function basic({ apiKey, secret }: Pick<Client, 'apiKey' | 'secret'>): string {
  const encoded = `${encode(apiKey)}:${encode(secret)}`
  return `Basic ${Buffer.from(encoded).toString('base64')}`
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+')
}

export function mint(client: Pick<Client, 'apiKey' | 'secret'>, id = 'alice', options: object = {}): string {
  return new AccessToken(client.apiKey, client.secret, { apiRTC_UserAgent_Id: id, ...options }).toJwt()
}

export function tokenIdOf(token: string): string {
  const inspection = inspectToken(token)
  if (!inspection.ok) throw new Error(inspection.reason)
  return String(inspection.payload.jti)
}

import { inspectToken } from '@stagedoor/access-token'
import { systemClock } from '../../clock.ts'
import { openProvider } from '../../exchange/provider.fixture.ts'
import { createLog } from '../../observe/log.ts'
import { Throttle } from '../../rate-limit/throttle.ts'
import { openTestOAuth } from './oauth.fixture.ts'
import type { OAuthContext } from './oauth-context.ts'
import { TOKEN_EXCHANGE } from './read-exchange.ts'

export const TOKEN = '/oauth/token'
export const TYPE = 'urn:ietf:params:oauth:token-type:'
export type Fields = Record<string, string | undefined>

// Many refusals in one test are not delayed.
function runAtOnce(_seconds: number, run: () => void): () => void {
  run()
  return () => {}
}

/** An API key that trusts an identity provider, and how to exchange its tokens. */
export async function openExchange(policy: object = {}, trust: object = {}, changes: Partial<OAuthContext> = {}) {
  const provider = await openProvider()
  const lines: string[] = []
  const outcomes: string[] = []
  const operations = await openTestOAuth({
    log: createLog({ level: 'trace', pretty: false }, { write: (line) => void lines.push(line) }),
    recordExchange: (outcome) => void outcomes.push(outcome),
    throttle: new Throttle({ ...systemClock, after: runAtOnce }),
    ...changes,
  })
  const identityProviders = [{ ...provider.trust, ...trust }]
  const { apiKey } = await operations.enroll({ identityProviders, ...policy })

  const formOf = (token: string, fields: Fields = {}) => {
    const all = {
      grant_type: TOKEN_EXCHANGE,
      subject_token: token,
      subject_token_type: `${TYPE}id_token`,
      audience: apiKey,
      ...fields,
    }
    return new URLSearchParams(Object.entries(all).filter((field): field is [string, string] => field[1] !== undefined))
  }
  const exchange = (token: string, fields: Fields = {}, headers: Record<string, string> = {}) =>
    operations.post(TOKEN, formOf(token, fields).toString(), headers)
  return { ...operations, provider, sign: provider.sign, apiKey, exchange, formOf, lines, outcomes }
}

export function claimsOf(token: string) {
  const inspection = inspectToken(token)
  if (!inspection.ok) throw new Error(inspection.reason)
  return inspection.payload as {
    sub: string
    iat: number
    exp: number
    subject_token_hash?: string
    grants: Record<string, unknown>
  }
}

export const now = () => Math.floor(Date.now() / 1_000)

import { TOKEN_TYPES } from '@stagedoor/identity'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ExchangeWish } from '../../exchange/exchange.ts'
import { readForm } from './form.ts'
import { OAuthError, oauthErrors } from './oauth-error.ts'

/** The only grant type of the token endpoint (RFC 8693 section 2.1). */
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

const TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:'
const GIVEN_TYPES = ['access_token', 'jwt'] as const
const typesOf = <T extends string>(names: readonly T[]) => names.map((name) => `${TOKEN_TYPE}${name}` as const)

const formSchema = z.object({
  grant_type: z.string({ error: 'grant_type is missing' }),
  subject_token: z.string().optional(),
  subject_token_type: z.string().optional(),
  audience: z.string().optional(),
  scope: z.string().optional(),
  requested_token_type: z
    .enum(typesOf(GIVEN_TYPES), { error: 'requested_token_type is none that is given out here' })
    .default(`${TOKEN_TYPE}access_token`),
  client_id: z.string().optional(),
  client_secret: z
    .undefined({ error: 'A secret has no business here: who exchanges a token is a public client' })
    .optional(),
  actor_token: z.undefined({ error: 'Nobody acts for somebody else here: leave out actor_token' }).optional(),
  resource: z.undefined({ error: 'Name the API key as audience, and no resource' }).optional(),
})

const exchangeSchema = z.object({
  subject_token: z.string({ error: 'subject_token is missing' }),
  subject_token_type: z.enum(typesOf(TOKEN_TYPES), {
    error: 'subject_token_type is that of no ID token, access token or JWT',
  }),
  audience: z.string({ error: 'audience is missing: it is the API key' }),
})

export interface AskedExchange extends ExchangeWish {
  readonly apiKey: string
  readonly issuedTokenType: string
}

/** @throws {OAuthError} if it is not a token exchange as in the standard. */
export function readExchange({ url, body, headers }: Pick<FastifyRequest, 'url' | 'body' | 'headers'>): AskedExchange {
  // URLs are logged at every hop (RFC 6749 section 3.2).
  if (url.includes('?')) throw oauthErrors.malformed('Parameters belong into the form, not into the address')
  if (headers.authorization !== undefined)
    throw oauthErrors.malformed('Who exchanges a token is a public client: leave out Authorization')
  const form = readForm(body, formSchema)
  if (form.grant_type !== TOKEN_EXCHANGE) {
    throw new OAuthError(
      400,
      'unsupported_grant_type',
      'Tokens are exchanged here (RFC 8693), and nothing else is done',
    )
  }
  const { subject_token: subjectToken, subject_token_type: type, audience } = readForm(body, exchangeSchema)
  if (form.client_id !== undefined && form.client_id !== audience) {
    throw oauthErrors.malformed('client_id is another one than audience: both are the API key')
  }
  const subjectTokenType = TOKEN_TYPES.find((name) => type.endsWith(`:${name}`)) ?? 'jwt'
  return {
    apiKey: audience,
    subjectToken,
    subjectTokenType,
    scope: form.scope,
    issuedTokenType: form.requested_token_type,
  }
}

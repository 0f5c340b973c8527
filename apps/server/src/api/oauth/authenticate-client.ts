import { MAX_NAME_LENGTH } from '@stagedoor/access-token'
import type { FastifyRequest } from 'fastify'
import { networkOf } from '../../rate-limit/network-of.ts'
import type { TokenForm } from './form.ts'
import type { OAuthContext } from './oauth-context.ts'
import { oauthErrors } from './oauth-error.ts'
import { refuseInTurn } from './refuse-in-turn.ts'

interface Credentials {
  readonly id: string
  readonly secret: string
}

/**
 * Authenticates an API key by one of its secrets: in the header (`client_secret_basic`) or in the form (`client_secret_post`). Only refused
 * clients are delayed: API keys are public, and nobody may slow down others.
 *
 * @throws {OAuthError} if that fails, with the same message whether or not the API key exists.
 */
export async function authenticateClient(
  { keyring, throttle }: OAuthContext,
  request: FastifyRequest,
  form: TokenForm,
): Promise<string> {
  const credentials = readCredentials(request.headers.authorization, form)
  if (credentials !== undefined && keyring.isSecretOf(credentials.id, credentials.secret)) return credentials.id
  const turn = await refuseInTurn(throttle, [
    `client ${credentials?.id.slice(0, MAX_NAME_LENGTH)}`,
    `network ${networkOf(request.ip)}`,
  ])
  throw turn === undefined ? oauthErrors.tooMany() : oauthErrors.notAuthenticated()
}

function readCredentials(header: string | undefined, form: TokenForm): Credentials | undefined {
  const { client_id: id, client_secret: secret } = form
  if (header === undefined) return id === undefined || secret === undefined ? undefined : { id, secret }
  // RFC 6749 section 2.3: exactly one method.
  if (secret !== undefined) throw oauthErrors.malformed('The client authenticates in two ways at once')
  const basic = readBasic(header)
  if (id !== undefined && basic !== undefined && id !== basic.id) {
    throw oauthErrors.malformed('client_id is another one than in the header')
  }
  return basic
}

function readBasic(header: string): Credentials | undefined {
  const [, encoded] = /^Basic +([\w+/-]+=*)$/i.exec(header) ?? []
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? []
  if (id === undefined || secret === undefined) return undefined
  try {
    return { id: decode(id), secret: decode(secret) }
  } catch {
    return undefined
  }
}

// Both are form-encoded (RFC 6749 section 2.3.1).
function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../../../account/caller.ts'
import { findLogin, LOGIN_SECONDS } from '../../../account/login.ts'
import { findPersonalToken, type PersonalToken } from '../../../account/personal-token.ts'
import { basePathOf, originOf } from '../../../public-url.ts'
import type { ApiContext } from './api-context.ts'
import { ProblemError } from './problem-error.ts'

// How often the use of a personal access token is recorded, in seconds.
const NOTE_USE_SECONDS = 60
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/** Finds the caller; undefined if neither a login nor a token is valid. */
export async function authenticate(context: ApiContext, request: FastifyRequest): Promise<Caller | undefined> {
  const { authorization } = request.headers
  if (authorization !== undefined) return byToken(context, authorization)
  const cookie = request.cookies[cookieName(context)]
  if (cookie === undefined) return undefined
  const login = await findLogin(context.store, cookie, context.clock.now())
  if (login === undefined) return undefined
  requireSameSite(context, request)
  const caller = await callerOf(context, login.accountId, undefined)
  return caller && { ...caller, loginHash: login.loginHash }
}

async function byToken(context: ApiContext, authorization: string): Promise<Caller | undefined> {
  const [, secret] = /^Bearer ([\w-]+)$/i.exec(authorization) ?? []
  const now = context.clock.now()
  const token = secret === undefined ? undefined : await findPersonalToken(context.store, secret, now)
  if (token === undefined) return undefined
  if (now - (token.lastUsedAt ?? 0) > NOTE_USE_SECONDS) await context.store.recordPersonalTokenUse(token.tokenId, now)
  return callerOf(context, token.accountId, token)
}

async function callerOf(
  { store }: ApiContext,
  accountId: string,
  token: PersonalToken | undefined,
): Promise<Caller | undefined> {
  const found = await store.findAccount(accountId)
  if (found === undefined) return undefined
  const { passwordHash: _kept, ...account } = found
  return { account, token, loginHash: undefined }
}

/** A browser sends its cookie for requests of any page: changes are accepted only from pages of the platform. */
export function requireSameSite(context: Pick<ApiContext, 'publicUrl'>, { method, headers }: FastifyRequest): void {
  if (SAFE_METHODS.includes(method)) return
  const site = headers['sec-fetch-site']
  if (site === 'same-origin') return
  // Browsers that do not send the site send the origin.
  const isOurs = headers.origin === originOf(context.publicUrl()) || hostOf(headers.origin) === headers.host
  if (site === undefined && headers.origin !== undefined && isOurs) return
  throw new ProblemError(
    403,
    'cross_site',
    'Changes with a login are made by pages of the platform alone. A program uses a token.',
  )
}

function hostOf(origin: string | undefined): string | undefined {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).host : undefined
}

/**
 * Browsers keep a cookie whose name begins with `__Host-` to the host that set it over HTTPS, and require `Path=/`
 * (RFC 6265bis section 4.1.3.2). Two platforms under one host are told apart by the base path in the name.
 */
function cookieName(context: Pick<ApiContext, 'publicUrl'>): string {
  return `${isSecure(context) ? '__Host-' : ''}stagedoor${basePathOf(context.publicUrl()).replaceAll('/', '.')}`
}

function isSecure({ publicUrl }: Pick<ApiContext, 'publicUrl'>): boolean {
  return publicUrl().startsWith('https:')
}

export function setLoginCookie(context: ApiContext, reply: FastifyReply, cookie: string): void {
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(context) } as const
  reply.setCookie(cookieName(context), cookie, { ...options, maxAge: LOGIN_SECONDS })
}

export function clearLoginCookie(context: ApiContext, reply: FastifyReply): void {
  reply.clearCookie(cookieName(context), { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(context) })
}

import { ANY_USER_AGENT, type UserData } from '@stagedoor/access-token'
import { kindOf } from './check-options.ts'
import type { TokenUser } from './endpoint-options.ts'

/**
 * Reads the result of `authenticate`: `undefined` if nobody is signed in.
 *
 * @throws {TypeError} if it is not a user: a token without a user, or for the wrong one, is never minted.
 */
export function readUser(found: unknown): TokenUser | undefined {
  if (found === null || found === undefined) return undefined
  if (typeof found === 'string') return { id: requireId(found) }
  if (typeof found !== 'object' || Array.isArray(found)) {
    throw new TypeError(
      `authenticate must return a user id, { id, userData } or undefined; it returned ${kindOf(found)}`,
    )
  }
  const { id, userData } = found as { readonly id?: unknown; readonly userData?: unknown }
  if (userData === undefined || userData === null) return { id: requireId(id) }
  if (typeof userData !== 'object' || Array.isArray(userData) || 'then' in userData)
    throw new TypeError(`authenticate returned userData that are ${kindOf(userData)}`)
  return { id: requireId(id), userData: userData as UserData }
}

function requireId(id: unknown): string {
  if (typeof id !== 'string' || id === '') {
    throw new TypeError(`authenticate must return a user id that is a string; it returned ${kindOf(id)}`)
  }
  // A back end must never give a user a token for any user.
  if (id === ANY_USER_AGENT) throw new TypeError('authenticate returned the wildcard as a user id')
  return id
}

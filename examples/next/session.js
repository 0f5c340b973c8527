import { createHmac, timingSafeEqual } from 'node:crypto'
import process from 'node:process'

// In an application this is its own sign-in, with passwords and all.

/** The cookie by which a user is known again: the name, and a mark that only this server can make. */
export function signIn(name) {
  const value = Buffer.from(name).toString('base64url')
  return `session=${value}.${mark(value)}; Path=/; HttpOnly; SameSite=Strict`
}

/** Whose cookie that is; nobody's, where it is none of ours. */
export function userOf(cookies) {
  const [, value, given] = /(?:^|; )session=([\w-]+)\.([\w-]{43})(?:;|$)/.exec(cookies ?? '') ?? []
  if (value === undefined || !timingSafeEqual(Buffer.from(given), Buffer.from(mark(value)))) return undefined
  return Buffer.from(value, 'base64url').toString()
}

function mark(value) {
  return createHmac('sha256', process.env.SESSION_KEY).update(value).digest('base64url')
}

import { createHmac } from 'node:crypto'
import { MAX_TTL_SECONDS } from '@stagedoor/access-token'
import type { IceServer } from '@stagedoor/protocol'
import type { Clock } from '../clock.ts'

/** The session that ICE servers are for, and when it expires. */
export interface MediaSession {
  readonly id: string
  readonly admission: {
    /** Seconds since 1970; `undefined` if the session outlives its token. */
    readonly closesAt: number | undefined
  }
}

/** The STUN and TURN servers that a session gets. None are needed if browsers reach each other directly. */
export type IceServers = (session: MediaSession) => IceServer[]

export interface MediaOptions {
  /** `stun:`, `stuns:`, `turn:` and `turns:` URLs (RFC 7064, 7065). */
  readonly urls: readonly string[]
  /** The secret shared with the TURN servers; `undefined` if there are none. */
  readonly turnSecret: string | undefined
}

/** For networks on which browsers reach each other directly. */
export const NO_MEDIA_SERVERS: MediaOptions = { urls: [], turnSecret: undefined }

export const isTurn = (url: string): boolean => url.startsWith('turn')

/**
 * TURN credentials in coturn's format (`use-auth-secret`): the username contains the expiry, the password is an HMAC of the username. They
 * expire with the session, and a renewal issues new ones. They contain the session's id instead of the user's, because TURN servers log
 * them.
 */
export function createIceServers({ urls, turnSecret }: MediaOptions, clock: Pick<Clock, 'now'>): IceServers {
  const turn = urls.filter(isTurn)
  const stun = urls.filter((url) => !isTurn(url))
  const known: IceServer[] = stun.length > 0 ? [{ urls: stun }] : []
  if (turn.length === 0 || turnSecret === undefined) return () => known
  return ({ id, admission }) => {
    const endsAt = Math.ceil(Math.min(admission.closesAt ?? Number.POSITIVE_INFINITY, clock.now() + MAX_TTL_SECONDS))
    const username = `${endsAt}:${id}`
    const credential = createHmac('sha1', turnSecret).update(username).digest('base64')
    return [...known, { urls: turn, username, credential }]
  }
}

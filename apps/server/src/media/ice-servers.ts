import { createHmac } from 'node:crypto'
import { MAX_TTL_SECONDS } from '@stagedoor/access-token'
import type { IceServer } from '@stagedoor/protocol'
import type { Clock } from '../clock.ts'

/** Whom ICE servers are for, and until when. */
export interface MediaSession {
  readonly id: string
  readonly admission: {
    /** Seconds since 1970; `undefined` where its token ending does not end it. */
    readonly closesAt: number | undefined
  }
}

/** The STUN and TURN servers that a session gets. None are needed if browsers reach each other directly. */
export type IceServers = (session: MediaSession) => IceServer[]

export interface MediaOptions {
  /** `stun:`, `stuns:`, `turn:` and `turns:` addresses (RFC 7064, 7065). */
  readonly urls: readonly string[]
  /** What the TURN servers share with the platform; `undefined` where there are none. */
  readonly turnSecret: string | undefined
}

/** Where browsers reach each other by themselves. */
export const NO_MEDIA_SERVERS: MediaOptions = { urls: [], turnSecret: undefined }

export const isTurn = (url: string): boolean => url.startsWith('turn')

/**
 * TURN credentials as coturn makes them out by itself (`use-auth-secret`): the name says until when they are good, the password is
 * an HMAC of the name. They end with the session, and a renewal brings others. They name the session and not the user, since TURN
 * servers write them into their logs.
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

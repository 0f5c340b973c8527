import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createIceServers, NO_MEDIA_SERVERS } from './ice-servers.ts'

const NOW = 1_800_000_000
const clock = { now: () => NOW }
const turnSecret = 'a secret that a TURN server shares'
const STUN = 'stun:turn.example.com'
const TURN = ['turn:turn.example.com:3478', 'turns:turn.example.com:5349?transport=tcp']

const session = (closesAt: number | undefined) => ({ id: 'session-1', admission: { closesAt } })

describe('the ICE servers of a session', () => {
  it('are none if none are configured', () => {
    expect(createIceServers(NO_MEDIA_SERVERS, clock)(session(NOW + 60))).toEqual([])
  })

  it('have credentials for TURN only, which coturn can verify', () => {
    const [stun, turn] = createIceServers({ urls: [STUN, ...TURN], turnSecret }, clock)(session(NOW + 60))
    expect(stun).toEqual({ urls: [STUN] })
    expect(turn).toMatchObject({ urls: TURN, username: `${NOW + 60}:session-1` })
    const password = createHmac('sha1', turnSecret).update(String(turn?.username)).digest('base64')
    expect(turn?.credential).toBe(password)
  })

  it.each([
    ['with the session, to the second after', NOW + 59.2, NOW + 60],
    ['a day from now, where the session has no end', undefined, NOW + 86_400],
    ['a day from now, where the session ends later', NOW + 90_000, NOW + 86_400],
  ])('are good no longer %s', (_when, closesAt, endsAt) => {
    const [turn] = createIceServers({ urls: TURN, turnSecret }, clock)(session(closesAt))
    expect(turn?.username).toBe(`${endsAt}:session-1`)
  })

  it('do not reveal the user', () => {
    const userId = 'alice'
    const servers = createIceServers({ urls: TURN, turnSecret }, clock)({ ...session(NOW + 60), userId } as never)
    expect(JSON.stringify(servers)).not.toContain(userId)
  })
})

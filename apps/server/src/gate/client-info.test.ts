import { GATE_PATH, SUBPROTOCOL } from '@stagedoor/protocol'
import { describe, expect, it } from 'vitest'
import type { RefusalReport } from '../refusal-log/report.ts'
import { mint, openTestGate } from './gate.fixture.ts'

/** The address that is recorded of an attempt, through a real socket from this machine. */
async function addressKept(trustedProxies: readonly string[], forwarded: string | undefined) {
  const kept: RefusalReport[] = []
  const { request } = await openTestGate({ trustedProxies, recordRefusal: (report) => kept.push(report) })
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  await request(GATE_PATH, SUBPROTOCOL, headers).register('a.b.c')
  return kept[0]?.address
}

describe('the address of a registration attempt', () => {
  it('is what a trusted proxy says', async () => {
    expect(await addressKept(['loopback'], '203.0.113.9')).toBe('203.0.113.9')
    expect(await addressKept(['127.0.0.0/8'], '2001:db8::7')).toBe('2001:db8::7')
  })

  it.each([
    ['nobody is trusted', []],
    ['another one is trusted', ['192.0.2.1', '10.0.0.0/8']],
  ])('is not for a stranger to choose where %s', async (_what, trusted) => {
    expect(await addressKept(trusted, '203.0.113.9')).toBe('127.0.0.1')
  })

  it('is the last that no trusted proxy has, whatever a stranger wrote before it', async () => {
    const forwarded = '198.51.100.1, 203.0.113.9, 10.0.0.2'
    expect(await addressKept(['loopback', '10.0.0.0/8'], forwarded)).toBe('203.0.113.9')
    expect(await addressKept(['loopback'], forwarded)).toBe('10.0.0.2')
  })

  it('is without the port that a proxy writes behind it', async () => {
    expect(await addressKept(['loopback'], '203.0.113.9:4711')).toBe('203.0.113.9')
    expect(await addressKept(['loopback'], '[2001:db8::7]:4711')).toBe('2001:db8::7')
  })

  it('is that of the proxy where it says none, or none that can be read', async () => {
    for (const forwarded of [undefined, '', 'unknown', '203.0.113.9:port', '1']) {
      expect([forwarded, await addressKept(['loopback'], forwarded)]).toEqual([forwarded, '127.0.0.1'])
    }
  })
})

describe('a session', () => {
  const HEADERS = { 'user-agent': 'a browser secret_of-a-test', origin: 'https://shop.example' }
  const CLIENT_INFO = { address: '127.0.0.1', origin: 'https://shop.example', userAgent: 'a browser (a secret)' }

  async function enter() {
    const gate = await openTestGate()
    const client = gate.request(GATE_PATH, SUBPROTOCOL, HEADERS)
    const answer = await client.register(mint())
    if (answer.type !== 'registered') throw new Error('not admitted')
    const session = gate.context.sessions.find(answer.sessionId)
    return { gate, client, session, ticket: answer.resume }
  }

  it('knows where it registered from, and shows no secret', async () => {
    expect((await enter()).session?.clientInfo).toEqual(CLIENT_INFO)
  })

  it('knows it still when its client is lost, if somebody had asked before', async () => {
    const { session, client } = await enter()
    expect(session?.clientInfo).toEqual(CLIENT_INFO)
    client.socket.terminate()
    while (session?.isLost === false) await new Promise((again) => setImmediate(again))
    expect(session?.clientInfo).toEqual(CLIENT_INFO)
  })

  it('knows it still when its client has come back from elsewhere', async () => {
    const { gate, session, ticket, client } = await enter()
    const back = gate.request(GATE_PATH, SUBPROTOCOL, { ...HEADERS, 'user-agent': 'another' })
    await back.send({ type: 'resume', ref: 7, ticket, received: 0 })
    expect(await back.next()).toMatchObject({ type: 'resumed' })
    await client.closed
    expect(session?.clientInfo).toEqual(CLIENT_INFO)
  })
})

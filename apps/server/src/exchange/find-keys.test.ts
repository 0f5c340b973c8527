import type { RequestListener } from 'node:http'
import { findKeysThrough, MAX_KEY_SET_BYTES } from '@stagedoor/identity'
import { describe, expect, it } from 'vitest'
import { type Fetch, fetchGuarded } from '../outbound/fetch-bounded.ts'
import { openProvider, serve } from './provider.fixture.ts'

async function find(issuer: string, through: Fetch = fetchGuarded(true)) {
  const failures: string[] = []
  const found = await findKeysThrough(through, (_url, error) => failures.push(String(error)))(issuer)
  return { keyIds: found && [...found.keyIds], failures }
}

/** A network that has only these addresses, and records the requests. */
function network(answers: Readonly<Record<string, unknown>>) {
  const asked: string[] = []
  const through: Fetch = async (url) => {
    asked.push(url)
    return new Response(JSON.stringify(answers[url]), { status: url in answers ? 200 : 404 })
  }
  return { through, asked }
}

describe('the keys of an identity provider', () => {
  it('are found at the URL in its discovery document', async () => {
    const { issuer } = await openProvider()
    expect(await find(issuer)).toEqual({ keyIds: ['k'], failures: [] })
  })

  it('are found for an issuer with a path, and with a trailing slash', async () => {
    const { through } = network({
      'https://login.example/a/.well-known/openid-configuration': {
        issuer: 'https://login.example/a/',
        jwks_uri: 'https://keys.example/',
      },
      'https://keys.example/': { keys: [] },
    })
    expect((await find('https://login.example/a/', through)).keyIds).toEqual([])
    expect((await find('https://login.example/a', through)).failures).toEqual([
      expect.stringContaining('another issuer'),
    ])
  })

  it('are never fetched over http: from an https: provider', async () => {
    const { through, asked } = network({
      'https://login.example/.well-known/openid-configuration': {
        issuer: 'https://login.example',
        jwks_uri: 'http://login.example/keys',
      },
      'http://login.example/keys': { keys: [] },
    })
    expect((await find('https://login.example', through)).keyIds).toBeUndefined()
    expect(asked).toHaveLength(1)
  })

  it('are not fetched from a private address, to which nothing connects', async () => {
    const provider = await openProvider()
    const { keyIds, failures } = await find(provider.issuer, fetchGuarded(false))
    expect([keyIds, failures]).toEqual([undefined, [expect.stringContaining('private')]])
    const https = await find('https://localhost', fetchGuarded(false))
    expect(https.failures).toEqual([expect.stringContaining('private')])
    expect(provider.state.asked).toEqual([])
  })

  it('are not fetched through redirects, for discovery or for the keys', async () => {
    const inside = await openProvider()
    const sendOn: RequestListener = (_request, response) => response.writeHead(302, { location: inside.issuer }).end()
    const issuer = await serve(sendOn)
    expect((await find(issuer)).failures).toEqual([expect.stringContaining('302')])
    const keys = await serve(sendOn)
    const provider = await openProvider()
    provider.state.discovery = { jwks_uri: keys }
    expect((await find(provider.issuer)).keyIds).toBeUndefined()
    expect(inside.state.asked).toEqual([])
  })

  it.each([
    ['no JSON', '<html>'],
    ['nothing', ''],
    ['null', 'null'],
    ['too much', JSON.stringify({ a: 'x'.repeat(MAX_KEY_SET_BYTES) })],
  ])('are none where discovery answers %s, and that is told once', async (_what, body) => {
    const issuer = await serve((_request, response) => response.end(body))
    const { keyIds, failures } = await find(issuer)
    expect([keyIds, failures.length]).toEqual([undefined, 1])
  })
})

import { describe, expect, it } from 'vitest'
import { tokenEndpointPlugin } from './adapters/fastify.ts'
import { toHonoHandler } from './adapters/hono.ts'
import { toKoaMiddleware } from './adapters/koa.ts'
import { toRouteHandlers } from './adapters/next.ts'
import { toNodeListener } from './adapters/node.ts'
import { oidc } from './authenticate/oidc.ts'
import { proxyHeader } from './authenticate/proxy-header.ts'
import { createTokenEndpoint } from './create-token-endpoint.ts'
import type { TokenEndpointOptions, TokenEvent } from './endpoint-options.ts'

const SECRET = 'the secret of a test, not of anybody else'
const GOOD = { apiKey: 'shop', secret: SECRET, authenticate: () => 'alice' }

function open(options: unknown) {
  return createTokenEndpoint(options as TokenEndpointOptions)
}

describe('an invalid option of the endpoint', () => {
  it.each<[string, unknown, string]>([
    ['no options', undefined, 'createTokenEndpoint takes an object of options; given was undefined'],
    ['a list of options', [GOOD], 'given was an array'],
    ['a name that it does not know', { ...GOOD, authentiacte: GOOD.authenticate }, 'has no option "authentiacte"'],
    ['an API key from a variable that is not set', { ...GOOD, apiKey: undefined }, 'apiKey must be a string'],
    ['a secret from a variable that is not set', { ...GOOD, secret: undefined }, 'secret is required'],
    ['no authenticate', { apiKey: 'shop', secret: SECRET }, 'authenticate must be a function; given was undefined'],
    ['a user in place of authenticate', { ...GOOD, authenticate: 'alice' }, 'authenticate must be a function'],
    ['grants in place of a function', { ...GOOD, grants: [] }, 'grants must be a function'],
    ['grants that are not there', { ...GOOD, grants: undefined }, 'leave it out for what the policy allows'],
    ['grants that are null', { ...GOOD, grants: null }, 'grants must be a function'],
    [
      'a limit that is a number',
      { ...GOOD, rateLimit: 30 },
      'rateLimit takes an object of options; given was a number',
    ],
    ['a limit of nothing', { ...GOOD, rateLimit: { perMinute: 0 } }, 'perMinute must be a number from 1 to 1000000'],
    ['a limit of too much', { ...GOOD, rateLimit: { perMinute: 1_000_001 } }, 'perMinute must be a number'],
    ['a limit of no number', { ...GOOD, rateLimit: { perMinute: '30' } }, 'given was a string'],
    ['a limit by another name', { ...GOOD, rateLimit: { max: 30 } }, 'has no option "max"'],
    ['a timeout of nothing', { ...GOOD, timeoutSeconds: 0 }, 'timeoutSeconds must be a number from 0.001 to 300'],
    ['a timeout in milliseconds', { ...GOOD, timeoutSeconds: 10_000 }, 'timeoutSeconds must be a number'],
    ['an audit that is no function', { ...GOOD, audit: [] }, 'audit must be a function; given was an array'],
    ['a clock that stands still', { ...GOOD, now: 7 }, 'now must be a function'],
    ['a member of the token that has its own place', { ...GOOD, token: { ttl: 60 } }, 'has no option "ttl"'],
    ['an algorithm that there is not', { ...GOOD, token: { algorithm: 'none' } }, '"none" is not one of'],
    ['a lifetime without a unit', { ...GOOD, ttl: '600' }, "write 600, or '600s'"],
    ['a lifetime that is null', { ...GOOD, ttl: null }, 'given was null'],
    ['cors that is true', { ...GOOD, cors: true }, 'cors takes an object of options'],
    ['cors by another name', { ...GOOD, cors: { origin: [] } }, 'has no option "origin"'],
    [
      'origins that are one text',
      { ...GOOD, cors: { origins: 'https://a.example' } },
      'origins must be an array of origins',
    ],
    [
      'an origin that is an expression',
      { ...GOOD, cors: { origins: [/a/] } },
      'must hold strings; one of them is an object (RegExp)',
    ],
    ['an origin for everybody', { ...GOOD, cors: { origins: ['*'] } }, 'has no wildcards; name each origin'],
    ['an origin with a wildcard', { ...GOOD, cors: { origins: ['https://*.a.example'] } }, 'has no wildcards'],
    [
      'an origin with a slash',
      { ...GOOD, cors: { origins: ['https://a.example/'] } },
      'browsers write it "https://a.example"',
    ],
    [
      'an origin with its usual port',
      { ...GOOD, cors: { origins: ['https://A.example:443'] } },
      'browsers write it "https://a.example"',
    ],
    ['an origin without a scheme', { ...GOOD, cors: { origins: ['a.example'] } }, 'which is no origin such as'],
    ['an origin that is hidden', { ...GOOD, cors: { origins: ['null'] } }, 'which is no origin such as'],
    [
      'credentials that are a word',
      { ...GOOD, cors: { origins: [], credentials: 'no' } },
      'credentials must be true or false',
    ],
  ])('is refused by name: %s', (_what, options, message) => {
    expect(() => open(options)).toThrow(message)
    expect(() => open(options)).not.toThrow(SECRET)
  })

  it('is none of these: omitted or undefined, the maximum, origins of apps on a device', () => {
    const rest = {
      ttl: undefined,
      rateLimit: undefined,
      timeoutSeconds: 300,
      audit: undefined,
      token: {},
      now: undefined,
    }
    const origins = ['https://a.example', 'http://localhost:3000', 'capacitor://localhost', 'tauri://localhost']
    expect(() => open({ ...GOOD, ...rest, cors: { origins } })).not.toThrow()
    expect(() => open({ ...GOOD, rateLimit: { perMinute: 1_000_000 }, cors: undefined })).not.toThrow()
  })
})

describe('an unknown return value of a hook', () => {
  async function ask(options: object) {
    const events: TokenEvent[] = []
    const endpoint = open({ ...GOOD, ...options, audit: (event: TokenEvent) => events.push(event) })
    const headers = { 'content-type': 'application/json' }
    const answer = await endpoint(new Request('https://shop.example/', { method: 'POST', headers, body: '{}' }))
    return { status: answer.status, body: await answer.text(), events }
  }

  it.each<[string, object]>([
    ['grants that are false', { grants: () => false }],
    ['grants that are true', { grants: () => true }],
    ['grants that are an empty text', { grants: () => '' }],
    ['grants that are one grant', { grants: () => ({ name: 'a', role: 'guest', publish: [], subscribe: true }) }],
    ['a grant without a role', { grants: () => [{ name: 'a', publish: [], subscribe: true }] }],
    ['a user that is true', { authenticate: () => true }],
    ['a user that is false', { authenticate: () => false }],
    ['a user that is a number', { authenticate: () => 42 }],
    ['a user that is an empty text', { authenticate: () => '' }],
    ['a user that is a list', { authenticate: () => ['alice'] }],
    ['a user by another name', { authenticate: () => ({ userId: 'alice' }) }],
    ['a user whose id is a number', { authenticate: () => ({ id: 42 }) }],
    ['a user whose id is too long', { authenticate: () => 'x'.repeat(257) }],
    ['user data that are a text', { authenticate: () => ({ id: 'alice', userData: 'Alice' }) }],
    ['a clock that has no time', { now: () => Number.NaN }],
  ])('gives no token, and is told of as a fault: %s', async (_what, options) => {
    const { status, body, events } = await ask(options)
    expect([status, JSON.parse(body).code]).toEqual([500, 'fault'])
    expect(events).toMatchObject([{ outcome: 'fault', expiresAt: undefined, error: expect.any(TypeError) }])
  })
})

describe('an invalid option of oidc', () => {
  const good = { issuer: 'https://login.example', audience: 'front-end' }
  it.each<[string, unknown, string]>([
    ['none', {}, 'oidc: issuer must be an issuer'],
    [
      'an audience from a variable that is not set',
      { ...good, audience: undefined },
      'oidc: audience must be a string',
    ],
    ['an empty audience', { ...good, audience: '' }, 'audience must be a string that is not empty'],
    ['no issuer', { audience: 'front-end' }, 'issuer must be an issuer'],
    ['an issuer without encryption', { ...good, issuer: 'http://login.example' }, 'issuer must be an issuer'],
    ['an issuer with a query', { ...good, issuer: 'https://login.example/?a' }, 'issuer must be an issuer'],
    ['a claim that is a list', { ...good, claim: ['sub'] }, 'claim must be a string'],
    ['user data that are no function', { ...good, userData: {} }, 'userData must be a function'],
    [
      'a skew that is more than 300 s',
      { ...good, clockSkewSeconds: 301 },
      'clockSkewSeconds must be a number from 0 to 300',
    ],
    ['a skew that is a text', { ...good, clockSkewSeconds: '5' }, 'clockSkewSeconds must be a number'],
    ['a cooldown below nothing', { ...good, cooldownSeconds: -1 }, 'cooldownSeconds must be a number'],
    ['a name that it does not know', { ...good, clientId: 'x' }, 'oidc has no option "clientId"'],
  ])('is refused by name: %s', (_what, options, message) => {
    expect(() => oidc(options as Parameters<typeof oidc>[0])).toThrow(new RegExp(message.replace(/[()]/g, '.')))
  })

  it('is none of these', () => {
    expect(() => oidc({ ...good, clockSkewSeconds: 300, cooldownSeconds: 0 })).not.toThrow()
    expect(() => oidc({ ...good, issuer: 'http://localhost:8080/realms/a' })).not.toThrow()
  })
})

it.each<[string, unknown]>([
  ['no header', { proxies: ['127.0.0.1'] }],
  ['a header that is none', { header: 'x user', proxies: ['127.0.0.1'] }],
  ['no proxies', { header: 'x-user' }],
  ['nobody as a proxy', { header: 'x-user', proxies: [] }],
  ['proxies that are one text', { header: 'x-user', proxies: '127.0.0.1' }],
  ['a name that it does not know', { header: 'x-user', proxies: ['127.0.0.1'], trust: true }],
])('proxyHeader is not made with %s', (_what, options) => {
  expect(() => proxyHeader(options as Parameters<typeof proxyHeader>[0])).toThrow(TypeError)
})

it.each<[string, (endpoint: never) => unknown]>([
  ['node:http', toNodeListener],
  ['Koa', toKoaMiddleware],
  ['Hono', toHonoHandler],
  ['Next.js', toRouteHandlers],
])('an adapter is not made with something else than an endpoint: %s', (_framework, adapt) => {
  expect(() => adapt(Promise.resolve() as never)).toThrow('The adapter takes what createTokenEndpoint returns')
})

it('the Fastify plugin refuses anything but an endpoint, and an invalid path', async () => {
  await expect(tokenEndpointPlugin({} as never, {} as never)).rejects.toThrow('given was undefined')
  await expect(tokenEndpointPlugin({} as never, { endpoint: fetch, path: 'token' } as never)).rejects.toThrow('"/"')
})

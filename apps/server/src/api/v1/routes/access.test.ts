import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../../account/role.ts'
import { createApiKey } from '../../../api-key/keys.ts'
import { revoke } from '../../../api-key/revoke.ts'
import { publish } from '../../../conversation/publish.ts'
import { createEndpoint } from '../../../events/webhook/change-endpoints.ts'
import { generateTestEvent } from '../../../events/webhook/generate-test-event.ts'
import { reportOf } from '../../../refusal-log/refusal.fixture.ts'
import { admissionOf, RecordingChannel } from '../../../session/session.fixture.ts'
import { openSharedTestApi, PASSWORD, type TestApi } from '../v1.fixture.ts'

/** The targets of requests, created for each request. */
interface World {
  readonly key: string
  readonly keyId: string
  readonly sessionId: string
  readonly streamId: string
  readonly refusalId: string
  readonly accountId: string
  readonly endpointId: string
  readonly deliveryId: string
  readonly userId: string
}

interface Route {
  /** The lowest role that has access: for the API key, or for the platform if the path has none. */
  readonly least: 'everybody' | 'anybody' | 'login' | Role
  /** Whether it concerns an API key that its path does not name. */
  readonly isOfKey?: boolean
  readonly body?: (world: World) => object
  /** The permission that is sufficient for a personal access token. */
  readonly needs?: typeof NARROW
  /** The status of a valid request, if it is not 2xx. */
  readonly answers?: number
}

const OWNER = 'owner@example.com'
const NARROW = 'webhooks:read'
const NEW_ACCOUNT = () => ({ email: `${Math.random()}@example.com`, name: 'New', password: PASSWORD })

/** Every route of the API. A route that is missing here fails the test. */
const ROUTES: Readonly<Record<string, Route>> = {
  'POST /setup': { least: 'everybody', body: () => ({ ...NEW_ACCOUNT(), code: 'guessed' }), answers: 403 },
  'POST /login': { least: 'everybody', body: () => ({ email: OWNER, password: PASSWORD }) },
  'POST /logout': { least: 'anybody' },
  'GET /me': { least: 'anybody' },
  // All callers here use tokens, which never have access to these routes.
  'POST /me/password': { least: 'login', body: () => ({ password: PASSWORD, newPassword: PASSWORD }) },
  'GET /me/tokens': { least: 'login' },
  'POST /me/tokens': { least: 'login', body: () => ({ name: 'x', rights: ['webhooks:read'], apiKey: otherKey }) },
  'DELETE /me/tokens/{tokenId}': { least: 'login' },
  'GET /accounts': { least: 'owner' },
  'POST /accounts': { least: 'owner', body: NEW_ACCOUNT },
  'GET /accounts/{accountId}': { least: 'owner' },
  'PATCH /accounts/{accountId}': { least: 'owner', body: () => ({ name: 'Renamed' }) },
  'DELETE /accounts/{accountId}': { least: 'owner' },
  'GET /audit': { least: 'owner' },
  'GET /platform': { least: 'anybody' },
  'GET /traffic': { least: 'anybody' },
  'GET /attention': { least: 'anybody' },
  'GET /keys': { least: 'anybody' },
  'POST /keys': { least: 'owner', body: () => ({ name: 'Shop' }) },
  'GET /keys/{key}': { least: 'viewer' },
  'PATCH /keys/{key}': { least: 'owner', body: () => ({ name: 'Renamed' }) },
  'POST /keys/{key}/policy/preview': { least: 'viewer', body: () => ({ policy: { maxTtlSeconds: 60 } }) },
  'DELETE /keys/{key}': { least: 'owner' },
  'GET /keys/{key}/signing-keys': { least: 'viewer' },
  'POST /keys/{key}/signing-keys': { least: 'developer', body: () => ({ kind: 'secret' }) },
  'GET /keys/{key}/signing-keys/{keyId}': { least: 'viewer' },
  'POST /keys/{key}/signing-keys/{keyId}/retire': { least: 'developer', body: () => ({ inSeconds: 60 }) },
  'POST /keys/{key}/signing-keys/{keyId}/keep': { least: 'developer' },
  'POST /keys/{key}/tokens': { least: 'developer', body: () => ({ id: 'alice' }) },
  'GET /keys/{key}/revocations': { least: 'viewer' },
  'POST /keys/{key}/revocations': { least: 'developer', body: () => ({ kind: 'user', subject: 'alice' }) },
  'POST /keys/{key}/revocations/preview': { least: 'viewer', body: () => ({ kind: 'user', subject: 'alice' }) },
  'DELETE /keys/{key}/bans/{userId}': { least: 'developer' },
  'GET /keys/{key}/sessions': { least: 'viewer' },
  'GET /keys/{key}/sessions/{sessionId}': { least: 'viewer' },
  'POST /keys/{key}/sessions/{sessionId}/close': { least: 'developer', body: () => ({}) },
  'GET /keys/{key}/conversations': { least: 'viewer' },
  'GET /keys/{key}/conversations/{conversation}': { least: 'viewer' },
  'POST /keys/{key}/conversations/{conversation}/eject': {
    least: 'developer',
    body: ({ sessionId }) => ({ sessionId }),
  },
  'POST /keys/{key}/conversations/{conversation}/close': { least: 'developer' },
  'POST /keys/{key}/conversations/{conversation}/messages': { least: 'developer', body: () => ({ text: 'Hello' }) },
  'POST /keys/{key}/conversations/{conversation}/mute': {
    least: 'developer',
    body: ({ sessionId, streamId }) => ({ sessionId, streamId }),
  },
  'GET /keys/{key}/live': { least: 'viewer' },
  'GET /keys/{key}/refusals': { least: 'viewer' },
  'GET /keys/{key}/refusals/counts': { least: 'viewer' },
  'GET /keys/{key}/refusals/{refusalId}': { least: 'viewer' },
  // Without permission to read refusals of its API key, it is not found.
  'GET /refusals/{refusalId}': { least: 'viewer', isOfKey: true },
  'POST /keys/{key}/explain': { least: 'viewer', body: () => ({ id: 'alice' }) },
  'GET /keys/{key}/audit': { least: 'owner' },
  'GET /keys/{key}/webhooks': { least: 'developer', needs: 'webhooks:read' },
  'POST /keys/{key}/webhooks': { least: 'owner', body: () => ({ url: 'https://shop.example/' }) },
  'GET /keys/{key}/webhooks/{endpointId}': { least: 'developer', needs: 'webhooks:read' },
  'PATCH /keys/{key}/webhooks/{endpointId}': { least: 'owner', body: () => ({ state: 'disabled' }) },
  'DELETE /keys/{key}/webhooks/{endpointId}': { least: 'owner' },
  'POST /keys/{key}/webhooks/{endpointId}/rotate-secret': { least: 'owner' },
  'POST /keys/{key}/webhooks/{endpointId}/test': { least: 'owner' },
  'POST /keys/{key}/webhooks/{endpointId}/replay': { least: 'owner', body: () => ({ since: 0 }) },
  'GET /keys/{key}/webhooks/{endpointId}/deliveries': { least: 'developer', needs: 'webhooks:read' },
  'GET /keys/{key}/webhooks/{endpointId}/deliveries/{deliveryId}': { least: 'developer', needs: 'webhooks:read' },
  'POST /keys/{key}/webhooks/{endpointId}/deliveries/{deliveryId}/replay': { least: 'owner' },
}

const RANK = ['viewer', 'developer', 'owner']
const CALLERS = [
  'nobody',
  'viewer',
  'developer',
  'owner',
  'owner of this key',
  'developer of this key',
  'owner of another key',
  'narrow token of an owner',
  'token for another key of an owner',
  'expired token of an owner',
  'no token at all, but something like one',
] as const
type CallerKind = (typeof CALLERS)[number]

let api: TestApi
let close: () => Promise<void>
let otherKey: string
const secrets = new Map<CallerKind, string>()

beforeAll(async () => {
  const opened = await openSharedTestApi()
  api = opened.api
  close = opened.close
  const changeContext = { store: api.store, seal: api.context.seal, now: api.context.clock.now }
  otherKey = (await createApiKey(changeContext, { name: 'Other' })).apiKey.apiKey
  for (const role of ['viewer', 'developer', 'owner'] as const) secrets.set(role, (await api.enroll(role)).secret)
  const another = await api.enroll(undefined, { grants: [{ apiKey: otherKey, role: 'owner' }] })
  secrets.set('owner of another key', another.secret)
  await api.enroll('owner', { email: OWNER })
  const narrow = await api.enroll('owner', { token: { rights: [NARROW] } })
  secrets.set('narrow token of an owner', narrow.secret)
  secrets.set('token for another key of an owner', (await api.enroll('owner', { token: { apiKey: otherKey } })).secret)
  secrets.set('expired token of an owner', (await api.enroll('owner', { token: { lifeSeconds: 0 } })).secret)
  secrets.set('no token at all, but something like one', `sdpat_${'A'.repeat(43)}`)
})
afterAll(() => close())

/** What one caller can do with a route, from its lowest role only, independent of the code. */
function isAllowed(caller: CallerKind, least: Route['least'], isOfKey: boolean): boolean {
  if (least === 'everybody') return true
  if (least === 'login') return false
  if (caller === 'nobody' || caller.startsWith('expired') || caller.startsWith('no token')) return false
  if (least === 'anybody') return true
  if (caller.endsWith('of this key')) return isOfKey && RANK.indexOf(caller.split(' ')[0] ?? '') >= RANK.indexOf(least)
  if (caller === 'owner of another key' || caller.startsWith('narrow') || caller.startsWith('token for')) return false
  return RANK.indexOf(caller) >= RANK.indexOf(least)
}

async function makeWorld(): Promise<World> {
  const { store, context } = api
  const changeContext = { store, seal: context.seal, now: context.clock.now }
  const { secret } = await createApiKey(changeContext, { name: 'Shop' })
  const key = secret.apiKey
  const { sessions, conversations } = api.operations
  const session = sessions.open(admissionOf('alice', { apiKey: key }), new RecordingChannel())
  conversations.enter(conversations.findOrOpen(key, 'lobby'), { session, permissions: session.admission.permissions })
  const membership = conversations.find(session, 'lobby')
  const stream = { mediaStreamId: 'x', audio: true, video: false, screen: false, audioMuted: false, videoMuted: false }
  const published = membership.ok ? publish(membership.value, stream) : membership
  if (!published.ok) throw new Error('nothing was published')
  const report = reportOf({ apiKey: key, at: context.clock.now() })
  api.operations.refusals.note(report)
  const account = { ...NEW_ACCOUNT(), accountId: `acc_${key}`, role: undefined, grants: [], createdAt: 0 }
  const { password: _clear, ...kept } = account
  await store.addAccount({ ...kept, passwordHash: 'none' })
  const { endpoint } = await createEndpoint(changeContext, key, { url: 'https://shop.example/' }, false)
  const delivery = generateTestEvent(endpoint, context.clock.now())
  await store.addDeliveries([delivery])
  const givenUp = { ...delivery, state: 'dead' as const, attempts: [], tries: 1, dueAt: 0, isGone: false }
  await store.settleDeliveries([givenUp], 0)
  await revoke(changeContext, key, { kind: 'ban', subject: 'mallory', forSeconds: 60 })
  const { keyId } = secret
  const { refusalId } = report
  const { accountId } = account
  const { endpointId } = endpoint
  const streamId = published.value
  return {
    key,
    keyId,
    sessionId: session.id,
    streamId,
    refusalId,
    accountId,
    endpointId,
    deliveryId: delivery.deliveryId,
    userId: 'mallory',
  }
}

async function secretOf(caller: CallerKind, { key }: World): Promise<string | undefined> {
  if (!caller.endsWith('of this key')) return secrets.get(caller)
  const grants = [{ apiKey: key, role: caller.split(' ')[0] as Role }]
  return (await api.enroll(undefined, { grants })).secret
}

function fill(path: string, world: World): string {
  const values: Readonly<Record<string, string>> = { ...world, conversation: 'lobby', tokenId: 'pat_none' }
  return path.replace(/\{(\w+)\}/g, (_whole, name) => encodeURIComponent(values[name] ?? `no ${name}`))
}

async function routesOfDocument(): Promise<string[]> {
  const { body } = await api.ask('GET', '/openapi.json')
  return Object.entries<object>(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
  )
}

describe('access', () => {
  it('is defined here for exactly the routes in the OpenAPI document', async () => {
    expect((await routesOfDocument()).sort()).toEqual(Object.keys(ROUTES).sort())
  })

  it.each(Object.entries(ROUTES))('%s', async (name, { least, needs, body, answers, isOfKey }) => {
    const [method, path = ''] = name.split(' ')
    for (const caller of CALLERS) {
      const world = await makeWorld()
      const as = await secretOf(caller, world)
      const { status } = await api.ask(method as InjectOptions['method'], fill(path, world), {
        as,
        body: body?.(world),
      })
      const isGood = answers === undefined ? status >= 200 && status < 300 : status === answers
      const isHeldToIt = caller.startsWith('narrow') && needs === NARROW
      const expected =
        isHeldToIt || isAllowed(caller, least, isOfKey ?? path.includes('{key}')) ? 'let do it' : 'refused'
      const found = isGood ? 'let do it' : [401, 403, 404].includes(status) ? 'refused' : `answered ${status}`
      // If even a valid request is refused, the test can only check that nobody gets further.
      if (answers === undefined || expected === 'let do it') expect([caller, found]).toEqual([caller, expected])
      else expect(status).toBeGreaterThanOrEqual(400)
    }
  })
})

import type { Dashboard, Person } from './dashboard.fixture.ts'
import { type Knocker, knock } from './knocker.fixture.ts'
import type { Made } from './shop.fixture.ts'

/** What people and strangers may call things. */
export interface Names {
  readonly shop: string
  readonly conversation: string
  readonly users: readonly [string, string, string]
  readonly refused: string
  readonly origin: string
  readonly userAgent: string
  readonly webhook: string
  readonly token: string
  readonly colleague: string
}

export const NAMES: Names = {
  shop: 'Shop',
  conversation: 'stage',
  users: ['alice', 'bob', 'carol'],
  refused: 'mallory',
  origin: 'https://shop.example',
  userAgent: 'Example/1.0',
  webhook: 'Orders',
  token: 'deployment',
  colleague: 'Vera Viewer',
}

export const VIEWER: Person = {
  email: 'viewer@example.com',
  name: NAMES.colleague,
  password: 'a sentence of the viewer',
}
export const DEVELOPER: Person = {
  email: 'developer@example.com',
  name: 'Dana Developer',
  password: 'a sentence of the developer',
}

export interface Furnished {
  readonly shop: Made
  readonly refusalId: string
  readonly endpointId: string
  /** Every page of whoever is logged in, by its name, with something on it. */
  readonly pages: ReadonlyMap<string, string>
  readonly sessions: readonly Knocker[]
}

/** Puts something on every page: an API key with a call that goes on, a refusal, a webhook, colleagues. */
export async function furnish(dashboard: Dashboard, names: Names = NAMES): Promise<Furnished> {
  const shop = await dashboard.makeKey(names.shop)
  const path = `/keys/${shop.apiKey}`
  await dashboard.ask('POST', `${path}/signing-keys`, { kind: 'secret' })
  const { endpointId } = await dashboard.ask<{ endpointId: string }>('POST', `${path}/webhooks`, {
    url: 'https://hooks.example.com/stagedoor',
    description: names.webhook,
  })
  await dashboard.ask('POST', `${path}/webhooks/${endpointId}/test`, {})
  await dashboard.ask('POST', '/me/tokens', { name: names.token, rights: ['sessions:read'] })
  await dashboard.ask('POST', '/accounts', { ...VIEWER, name: names.colleague, role: 'viewer' })
  await dashboard.ask('POST', '/accounts', { ...DEVELOPER, role: 'developer' })

  const sessions: Knocker[] = []
  for (const user of names.users) sessions.push(await enter(dashboard, shop, user, names))
  const [first, ...others] = sessions
  const stream = { mediaStreamId: 'camera', audio: true, video: true, screen: false }
  const { streamId } = await answer(first, { type: 'publish', conversation: names.conversation, stream }, 'published')
  for (const other of others) {
    await answer(other, { type: 'subscribe', conversation: names.conversation, streamId }, 'done')
  }
  const refusalId = await beRefused(dashboard, shop, names)
  const conversation = encodeURIComponent(names.conversation)
  const pages = new Map([
    ['live', `${path}/live`],
    ['conversations', `${path}/live?view=conversations`],
    ['conversation', `${path}/live/${conversation}`],
    ['refusals', `${path}/refusals`],
    ['refusal', `${path}/refusals/${refusalId}`],
    ['policy', path],
    ['authentication', `${path}/authentication`],
    ['workbench', `${path}/workbench`],
    ['webhooks', `${path}/webhooks`],
    ['webhook', `${path}/webhooks/${endpointId}`],
    ['audit', `${path}/audit`],
    ['credentials', '/keys'],
    ['team', '/team'],
    ['audit-of-all', '/audit'],
    ['health', '/health'],
    ['first-call', '/start'],
    ['account', '/account'],
  ])
  return { shop, refusalId, endpointId, pages, sessions }
}

async function enter(dashboard: Dashboard, shop: Made, id: string, names: Names): Promise<Knocker> {
  const knocker = await knock(dashboard.url, { origin: names.origin, 'user-agent': names.userAgent })
  const token = dashboard.mint(shop, id, { userData: { username: id } })
  await answer(knocker, { type: 'register', apiKey: shop.apiKey, id, token }, 'registered')
  await answer(knocker, { type: 'join', conversation: names.conversation }, 'joined')
  return knocker
}

async function beRefused(dashboard: Dashboard, shop: Made, names: Names): Promise<string> {
  const knocker = await knock(dashboard.url, { origin: names.origin, 'user-agent': names.userAgent })
  const token = dashboard.mint(shop, 'somebody else')
  const { refusalId } = await answer(
    knocker,
    { type: 'register', apiKey: shop.apiKey, id: names.refused, token },
    'refused',
  )
  knocker.socket.close(1000)
  return String(refusalId)
}

/** Sends, and answers the message of that type; others that come meanwhile are of no interest. */
async function answer(knocker: Knocker | undefined, message: object, type: string): Promise<Record<string, string>> {
  if (knocker === undefined) throw new Error('Nobody is there')
  knocker.send({ ref: 1, ...message })
  for (;;) {
    const next = (await knocker.next()) as unknown as Record<string, string>
    if (next['type'] === type) return next
    if (next['type'] === 'refused' || next['type'] === 'error') throw new Error(JSON.stringify(next))
  }
}

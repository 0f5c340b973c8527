import process from 'node:process'
import { ProviderKeys } from '@stagedoor/identity'
import type { FastifyInstance } from 'fastify'
import type { LogIn } from '../account/log-in.ts'
import type { SetUp } from '../account/set-up.ts'
import { DASHBOARD_PATH, serveDashboard } from '../api/dashboard.ts'
import { DEMO_PATH, serveCallPage, serveDemo } from '../api/demo.ts'
import { serveHealth } from '../api/health.ts'
import { serveOAuth } from '../api/oauth/serve-oauth.ts'
import { serveStyle } from '../api/page.ts'
import { serveRefusalPages } from '../api/refusal-pages.ts'
import { createReaderCheck, serveMetrics } from '../api/serve-metrics.ts'
import type { PlatformFacts } from '../api/v1/schemas/platform-shapes.ts'
import { serveV1 } from '../api/v1/serve-v1.ts'
import { prepareDemoKey } from '../api-key/demo-key.ts'
import type { Clock } from '../clock.ts'
import type { Gate } from '../gate/gate.ts'
import { isTurn, type MediaOptions, NO_MEDIA_SERVERS } from '../media/ice-servers.ts'
import type { Metrics } from '../observe/metrics.ts'
import type { Operations } from '../operations/operations.ts'
import { Throttle } from '../rate-limit/throttle.ts'
import type { Sessions } from '../session/sessions.ts'
import { SCHEMA_VERSION } from '../store/migrate.ts'
import { version } from '../version.ts'
import type { WriteDown } from '../write-down.ts'
import type { KeySources } from './key-sources.ts'
import type { Storage } from './open-storage.ts'
import type { PlatformOptions } from './platform.ts'
import type { PlatformAddress } from './platform-address.ts'
import type { Shutdown } from './shutdown.ts'

export interface RoutesContext {
  readonly options: PlatformOptions
  readonly clock: Clock
  readonly storage: Storage
  readonly keySources: KeySources
  readonly operations: Operations & { readonly sessions: Sessions }
  readonly writeDown: WriteDown
  readonly gate: Gate
  readonly metrics: Metrics
  readonly address: PlatformAddress
  readonly logIn: LogIn
  readonly setUp: SetUp
  readonly refreshNow: () => Promise<void>
  readonly shutdown: Shutdown
}

/** Everything that is served over HTTP, besides the gate. */
export async function serveRoutes(http: FastifyInstance, context: RoutesContext): Promise<void> {
  const { options, clock, storage, keySources, operations, metrics, address, shutdown } = context
  const { store, seal, health, keyring } = storage
  const { log } = options
  const { basePath } = address
  const isDemo = options.demo || options.dev
  const counts = () => ({ sessions: operations.sessions.size, sockets: context.gate.size })

  await serveV1(
    http,
    {
      ...context,
      store,
      seal,
      log,
      privateProviders: keySources.mayBePrivate,
      toPrivate: options.webhooksToPrivate,
      platform: describePlatform(context, isDemo),
      publicUrl: address.url,
    },
    version,
  )
  serveStyle(http)
  await serveDashboard(http, basePath)
  await serveOAuth(http, {
    keyring,
    store,
    clock,
    log,
    providerKeys: new ProviderKeys(keySources.findProviderKeys),
    recordExchange: metrics.exchanged,
    throttle: new Throttle(clock),
    publicUrl: address.url,
  })
  const checkReader = createReaderCheck({
    token: options.metricsToken,
    isBehindProxy: options.publicUrl !== undefined || options.trustedProxies.length > 0,
  })
  serveHealth(
    http,
    () => ({ store: health.status, ...counts() }),
    () => shutdown.hasBegun,
    (request) => checkReader(request) === 'allowed',
  )
  serveMetrics(http, metrics, checkReader)
  if (isDemo) {
    const key = await prepareDemoKey({ store, seal, now: clock.now })
    await keyring.refresh()
    serveDemo(http, key, address.url)
  }
  await serveCallPage(http, basePath)
  http.get('/', async (_request, reply) => reply.redirect(`${basePath}${isDemo ? DEMO_PATH : DASHBOARD_PATH}`))
  await serveRefusalPages(http, basePath)
}

function describePlatform(context: RoutesContext, demo: boolean): () => PlatformFacts {
  const { options, clock, storage, operations, gate } = context
  const { urls }: MediaOptions = options.media ?? NO_MEDIA_SERVERS
  const kind = options.databaseUrl === undefined ? 'sqlite' : 'postgresql'
  const startedAt = clock.now()
  return () => ({
    version,
    nodeVersion: process.versions.node,
    startedAt,
    store: { kind, health: storage.health.status, schemaVersion: SCHEMA_VERSION },
    sessions: operations.sessions.size,
    sockets: gate.size,
    conversations: operations.conversations.size,
    media: { kind: 'peer_to_peer', stun: urls.some((url) => !isTurn(url)), turn: urls.some(isTurn) },
    demo,
  })
}

import type { AddressInfo } from 'node:net'
import process from 'node:process'
import { findKeysThrough, ProviderKeys } from '@stagedoor/identity'
import type { Ban, CloseReason, RefusalCode } from '@stagedoor/protocol'
import { KEEP_ANSWERS_SECONDS } from './account/answered-request.ts'
import { LogIn } from './account/log-in.ts'
import { SetUp } from './account/set-up.ts'
import { DASHBOARD_PATH, SET_UP_PATH, serveDashboard } from './api/dashboard.ts'
import { DEMO_PATH, serveCallPage, serveDemo } from './api/demo.ts'
import { type Health, serveHealth } from './api/health.ts'
import { createHttp } from './api/http.ts'
import { serveOAuth } from './api/oauth/serve-oauth.ts'
import { serveStyle } from './api/page.ts'
import { serveRefusalPages } from './api/refusal-pages.ts'
import { countRequests, judgeReaders, serveMetrics } from './api/serve-metrics.ts'
import type { PlatformFacts } from './api/v1/schemas/platform-shapes.ts'
import { serveV1 } from './api/v1/serve-v1.ts'
import { prepareDemoKey } from './api-key/demo-key.ts'
import { followStore } from './background/follow.ts'
import { forgetFromTimeToTime } from './background/forget.ts'
import { systemClock } from './clock.ts'
import { openControl } from './control/open-control.ts'
import { announceConversations } from './conversation/announce-conversations.ts'
import { applyPermissions } from './conversation/apply-permissions.ts'
import { Conversations } from './conversation/conversations.ts'
import { leaveAll } from './conversation/leave.ts'
import { RefusalBursts } from './events/refusal-bursts.ts'
import { KEEP_DELIVERIES_SECONDS, startWebhooks } from './events/webhook/start-webhooks.ts'
import { EXCHANGE_OUTCOMES } from './exchange/refusal.ts'
import { openGate } from './gate/gate.ts'
import { fetchKeysWith } from './keyring/fetch-keys.ts'
import { writeKeyUses } from './keyring/key-uses.ts'
import { loadKeyring } from './keyring/keyring.ts'
import { createIceServers, isTurn, type MediaOptions, NO_MEDIA_SERVERS } from './media/ice-servers.ts'
import type { Log } from './observe/log.ts'
import { Metrics } from './observe/metrics.ts'
import type { RecordKind } from './observe/record-kind.ts'
import { LiveFeed } from './operations/live-feed.ts'
import { fetchGuarded } from './outbound/fetch-bounded.ts'
import { basePathOf, REFUSAL_PAGES } from './public-url.ts'
import { Throttle } from './rate-limit/throttle.ts'
import { RefusalCounts } from './refusal-log/refusal-counts.ts'
import { Refusals } from './refusal-log/refusals.ts'
import { closeAndRevoke } from './registration/close-and-revoke.ts'
import { enforcePolicy } from './registration/enforce-policy.ts'
import { Registrar } from './registration/registrar.ts'
import { UsedTokens } from './registration/used-tokens.ts'
import { MarkWriter } from './registration/write-marks.ts'
import { announceClosed, announceOpened } from './session/announce-sessions.ts'
import type { Session } from './session/session.ts'
import { Sessions } from './session/sessions.ts'
import { SCHEMA_VERSION } from './store/migrate.ts'
import { openStore, type StoreLocation } from './store/open.ts'
import { proveMasterKey } from './store/prove-master-key.ts'
import { StoreDownError } from './store-down.ts'
import { version } from './version.ts'
import { createWriteDown } from './write-down.ts'

export interface PlatformOptions extends StoreLocation {
  readonly host: string
  /** 0 for any that is free. */
  readonly port: number
  /** For development: strangers learn the precise reason of a refusal, and the demo is served. */
  readonly dev: boolean
  /** Whether to serve the demo, and give tokens to whoever asks for one. */
  readonly demo: boolean
  /**
   * Where users reach the platform, such as `https://rtc.example.com` or `https://example.com/rtc`, without a trailing slash.
   * Default: the address that it listens at.
   */
  readonly publicUrl: string | undefined
  /** The proxies in front whose `X-Forwarded-For` is believed: addresses and subnets, or `loopback`. */
  readonly trustedProxies: readonly string[]
  /** Whether webhooks are sent, and identity providers asked, at private addresses too, and without encryption. */
  readonly webhooksToPrivate: boolean
  /** With which the metrics are read; without, they are read by programs on this machine alone. */
  readonly metricsToken: string | undefined
  /** Which STUN and TURN servers sessions are told of; default: none. */
  readonly media?: MediaOptions
  readonly log: Log
}

export interface Platform {
  /** Where it listens. */
  readonly url: string
  /** Where its owners look. */
  readonly dashboard: string
  /** Where the demo is, if it is served. */
  readonly demo: string
  /** Where the first account is made, once; nothing where there is one. */
  readonly setUpLink: string | undefined
  /** Counts a connection that was closed because of an unexpected exception. */
  readonly connectionFailed: () => void
  close(): Promise<void>
}

type Closer = () => void | Promise<void>

/** Puts the parts together and opens the door. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const opened: Closer[] = []
  try {
    return await start(options, opened)
  } catch (error) {
    await closeAll(opened)
    throw error
  }
}

async function start(options: PlatformOptions, opened: Closer[]): Promise<Platform> {
  const { host, port, dev, log } = options
  const clock = systemClock
  let recordStoreFailure: (error: unknown) => void = () => {}
  const { store, seal } = await openStore({ ...options, onDown: (error) => recordStoreFailure(error) })
  opened.push(() => store.close())
  const toPrivate = options.webhooksToPrivate
  const privateProviders = toPrivate || dev
  const fetchOutside = fetchGuarded(privateProviders)
  const onKeysMissing = (url: string, error: unknown) => log.warn({ url, err: error }, 'keys could not be fetched')
  const keyring = await loadKeyring({
    store,
    seal,
    now: clock.now,
    fetchKeys: fetchKeysWith(onKeysMissing, fetchOutside),
  })
  const isApiKey = (apiKey: string) => keyring.find(apiKey) !== undefined
  const refusals = new Refusals(isApiKey)
  const refusalCounts = new RefusalCounts(isApiKey)
  const onSetAside = (kind: RecordKind, error: unknown): void => {
    // Not the error itself: drivers put the record into it.
    const { code, message } = error as NodeJS.ErrnoException
    log.error({ kind, code, reason: message }, 'the store will not take a record, which is set aside')
    metrics.setAside(kind)
  }
  const webhooks = await startWebhooks({ store, seal, clock, log, toPrivate, version, onSetAside })
  opened.push(() => webhooks.close())
  const { announce, directory } = webhooks
  const bursts = new RefusalBursts(announce, (apiKey) => directory.whoWants(apiKey, 'refusals.burst').length > 0)
  const live = new LiveFeed(clock)
  const conversations = new Conversations(announceConversations(announce, clock), live)
  const sessions = new Sessions(
    clock,
    (session, reason) => {
      leaveAll(conversations, session)
      announceClosed(announce, session, reason, clock.now)
      live.closed(session, reason)
    },
    (session) => {
      announceOpened(announce, session)
      live.opened(session)
    },
    (session) => live.changed(session),
  )
  const onChange = (session: Session) => applyPermissions(conversations, session)
  const hold = (apiKey: string) => enforcePolicy({ keyring, sessions, clock, onChange }, apiKey)
  const onStoreError = (error: unknown) =>
    log.error(error, 'the store cannot be used; what was known before stays in force')
  // That the store is down is noted where it shows, and logged once.
  const onError = (error: unknown) => error instanceof StoreDownError || onStoreError(error)
  let storeHealth: Health['store'] = 'ok'
  const following = followStore({
    keyring: {
      async refresh() {
        await proveMasterKey(store.db, seal)
        await directory.refresh()
        return keyring.refresh()
      },
    },
    store,
    clock,
    onError(error) {
      storeHealth = 'unavailable'
      onStoreError(error)
    },
    onChange: (apiKeys) => apiKeys.forEach(hold),
    onRecovery() {
      storeHealth = 'ok'
      log.info('the store can be used again')
    },
  })
  recordStoreFailure = following.recordFailure
  const forget = [
    store.forgetRevocations,
    store.forgetUsedTokens,
    store.forgetLogins,
    (now: number) => store.forgetAnswers(now - KEEP_ANSWERS_SECONDS),
    (now: number) => store.forgetDeliveries(now - KEEP_DELIVERIES_SECONDS, now),
  ]
  opened.push(() => following.stop(), forgetFromTimeToTime({ forget, clock, onError }))
  opened.push(writeKeyUses({ uses: keyring.uses, store, clock, onError }))
  const marks = new MarkWriter({
    store,
    onError: (error) => log.error(error, 'the marks of used tokens cannot be written; who brings one is refused'),
  })
  const used = new UsedTokens({
    marks: await store.listUsedTokens(clock.now()),
    write: (mark) => marks.write(mark),
    clock,
  })
  opened.push(() => marks.close())

  const { media = NO_MEDIA_SERVERS } = options
  let isClosing = false
  let publicUrl = options.publicUrl
  const basePath = basePathOf(publicUrl ?? '')
  const shared = {
    registrar: new Registrar(keyring, sessions, clock, used),
    sessions,
    conversations,
    iceServers: createIceServers(media, clock),
    closeAndRevoke: (session: Session, asks: { readonly reason: CloseReason; readonly ban: Ban }) =>
      closeAndRevoke({ store, clock, refreshNow: () => following.refreshNow() }, session, asks),
    pageOf: (code: RefusalCode) => `${publicUrl}${REFUSAL_PAGES}/${code}`,
  }
  const operations = { ...shared, keyring, keyUses: keyring.uses, refusals, refusalCounts, live }
  const writeDown = createWriteDown({ store, seal, now: clock.now }, log)
  opened.push(await openControl(options.dataFolder, { ...operations, writeDown, log }))
  const metrics = new Metrics(
    () => ({
      storeIsUp: storeHealth === 'ok',
      sessions: sessions.size,
      sockets: gate.size,
      conversations: conversations.size,
      marksWaiting: marks.waiting,
      keyUsesWaiting: keyring.uses.waiting,
    }),
    EXCHANGE_OUTCOMES,
  )
  const http = await createHttp(options.trustedProxies, basePath)
  opened.push(() => http.close())
  countRequests(http, metrics)
  const gate = openGate(http.server, {
    ...shared,
    recordRefusal(report) {
      refusals.note(report)
      refusalCounts.note(report)
      live.refused(report)
      bursts.note(report)
      metrics.refused(report.code)
    },
    clock,
    stopwatch: metrics,
    connectionFailed: metrics.connectionFailed,
    log,
    precise: dev,
    trustedProxies: options.trustedProxies,
    basePath,
  })
  opened.push(() => {
    gate.close()
    // Nobody comes back to a session whose client is lost, and it would keep the process for as long as somebody may.
    for (const session of sessions.all()) session.close('going_away')
  })
  const setUp = new SetUp((await store.countAccounts()) === 0)
  const logIn = new LogIn(store, clock)
  const isDemo = options.demo || dev
  const startedAt = clock.now()
  const platform = (): PlatformFacts => {
    const kind = options.databaseUrl === undefined ? 'sqlite' : 'postgresql'
    return {
      version,
      nodeVersion: process.versions.node,
      startedAt,
      store: { kind, health: storeHealth, schemaVersion: SCHEMA_VERSION },
      sessions: sessions.size,
      sockets: gate.size,
      conversations: conversations.size,
      media: {
        kind: 'peer_to_peer',
        stun: media.urls.some((url) => !isTurn(url)),
        turn: media.urls.some(isTurn),
      },
      demo: isDemo,
    }
  }
  const context = {
    store,
    seal,
    clock,
    log,
    operations,
    writeDown,
    logIn,
    setUp,
    toPrivate,
    refreshNow: () => following.refreshNow(),
    privateProviders,
    platform,
    publicUrl: () => publicUrl ?? '',
  }
  await serveV1(http, context, version)
  serveStyle(http)
  await serveDashboard(http, basePath)
  const findKeys = findKeysThrough(fetchOutside, onKeysMissing)
  await serveOAuth(http, {
    keyring,
    store,
    clock,
    log,
    providerKeys: new ProviderKeys(findKeys),
    recordExchange: metrics.exchanged,
    throttle: new Throttle(clock),
    publicUrl: () => publicUrl ?? '',
  })
  const judgeReader = judgeReaders({
    token: options.metricsToken,
    isBehindProxy: options.publicUrl !== undefined || options.trustedProxies.length > 0,
  })
  serveHealth(
    http,
    () => ({ store: storeHealth, sessions: sessions.size, sockets: gate.size }),
    () => isClosing,
    (request) => judgeReader(request) === 'allowed',
  )
  serveMetrics(http, metrics, judgeReader)
  if (isDemo) {
    const key = await prepareDemoKey({ store, seal, now: clock.now })
    await keyring.refresh()
    serveDemo(http, key, () => publicUrl ?? '')
  }
  await serveCallPage(http, basePath)
  http.get('/', async (_request, reply) => reply.redirect(`${basePath}${isDemo ? DEMO_PATH : DASHBOARD_PATH}`))
  await serveRefusalPages(http, basePath)
  await http.listen({ host, port })
  const url = urlOf(http.server.address() as AddressInfo)
  publicUrl ??= url

  const { code } = setUp
  return {
    url,
    dashboard: `${publicUrl}${DASHBOARD_PATH}`,
    demo: `${publicUrl}${DEMO_PATH}`,
    setUpLink: code && `${publicUrl}${SET_UP_PATH}#${code}`,
    connectionFailed: metrics.connectionFailed,
    close() {
      isClosing = true
      return closeAll(opened)
    },
  }
}

/** Closes what was opened, the last first. */
async function closeAll(opened: Closer[]): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close()
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

import type { AddressInfo } from 'node:net'
import { LogIn } from './account/log-in.ts'
import { SetUp } from './account/set-up.ts'
import { createHttp } from './api/http.ts'
import { countRequests } from './api/serve-metrics.ts'
import { openKeySources } from './assemble/key-sources.ts'
import { openStorage } from './assemble/open-storage.ts'
import type { Platform, PlatformOptions } from './assemble/platform.ts'
import { PlatformAddress } from './assemble/platform-address.ts'
import { recordRefusals } from './assemble/record-refusals.ts'
import { serveRoutes } from './assemble/serve-routes.ts'
import { createSetRecordAside } from './assemble/set-record-aside.ts'
import { Shutdown } from './assemble/shutdown.ts'
import { startBackground } from './assemble/start-background.ts'
import { startHistory } from './assemble/start-history.ts'
import { startRegistration } from './assemble/start-registration.ts'
import { startSessions } from './assemble/start-sessions.ts'
import { systemClock } from './clock.ts'
import { openControl } from './control/open-control.ts'
import { startWebhooks } from './events/webhook/start-webhooks.ts'
import { EXCHANGE_OUTCOMES } from './exchange/refusal.ts'
import { openGate } from './gate/gate.ts'
import { createIceServers, NO_MEDIA_SERVERS } from './media/ice-servers.ts'
import { Metrics } from './observe/metrics.ts'
import { DEFAULT_KEEP_SECONDS } from './refusal-log/keep.ts'
import { type CloseAndRevoke, closeAndRevoke } from './registration/close-and-revoke.ts'
import type { Session } from './session/session.ts'
import { version } from './version.ts'
import { createWriteDown } from './write-down.ts'

/** Starts all parts of the platform and opens the gate. If one fails, the parts started before are closed again. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const shutdown = new Shutdown()
  try {
    return await start(options, shutdown)
  } catch (error) {
    await shutdown.run()
    throw error
  }
}

async function start(options: PlatformOptions, shutdown: Shutdown): Promise<Platform> {
  const { log, trustedProxies, webhooksToPrivate: toPrivate } = options
  const clock = systemClock
  const address = new PlatformAddress(options.publicUrl)
  const metrics = new Metrics(EXCHANGE_OUTCOMES)
  const keySources = openKeySources(options)
  const storage = await openStorage(options, keySources.fetchKeys, clock, shutdown)
  const { store, seal, health, keyring } = storage

  const onSetAside = createSetRecordAside(log, metrics)
  const webhooks = await startWebhooks({ store, seal, clock, log, toPrivate, version, onSetAside })
  shutdown.add(() => webhooks.close())
  const keepSeconds = options.keepRefusalsSeconds ?? DEFAULT_KEEP_SECONDS
  const history = startHistory(storage, { keepSeconds, clock, log, onSetAside, shutdown })
  const { sessions, conversations, live } = startSessions(webhooks.announce, history.hourlyCounts, clock)
  const parts = { sessions, conversations }
  const { refreshNow } = startBackground(storage, parts, webhooks.directory, history, clock, log, shutdown)
  const { registrar, marks } = await startRegistration(storage, sessions, clock, log, shutdown)
  const recordRefusal = recordRefusals(history, webhooks, live, metrics)

  const shared = {
    registrar,
    sessions,
    conversations,
    closeAndRevoke: (session: Session, asks: CloseAndRevoke) =>
      closeAndRevoke({ store, clock, refreshNow }, session, asks),
    pageOf: address.pageOf,
  }
  const { refusals, refusalCounts, traffic } = history
  const operations = { ...shared, keyring, keyUses: keyring.uses, refusals, refusalCounts, traffic, live }
  const writeDown = createWriteDown({ store, seal, now: clock.now }, log)
  shutdown.add(await openControl(options.dataFolder, { ...operations, clock, writeDown, log }))

  const http = await createHttp(trustedProxies, address.basePath)
  shutdown.add(() => http.close())
  countRequests(http, metrics)
  const gate = openGate(http.server, {
    ...shared,
    recordRefusal,
    iceServers: createIceServers(options.media ?? NO_MEDIA_SERVERS, clock),
    clock,
    stopwatch: metrics,
    connectionFailed: metrics.connectionFailed,
    log,
    precise: options.dev,
    trustedProxies,
    basePath: address.basePath,
  })
  shutdown.add(() => {
    gate.close()
    // A session whose client is disconnected would keep the process alive as long as it can be resumed.
    for (const session of sessions.all()) session.close('going_away')
  })
  metrics.watch(() => ({
    storeIsUp: health.status === 'ok',
    sessions: sessions.size,
    sockets: gate.size,
    conversations: conversations.size,
    marksWaiting: marks.waiting,
    keyUsesWaiting: keyring.uses.waiting,
  }))
  const setUp = new SetUp((await store.countAccounts()) === 0)
  const logIn = new LogIn(store, clock)
  const context = { options, clock, storage, keySources, operations, writeDown, gate, metrics, address, logIn, setUp }
  await serveRoutes(http, { ...context, refreshNow, shutdown })
  await http.listen({ host: options.host, port: options.port })
  const url = urlOf(http.server.address() as AddressInfo)
  address.listensAt(url)

  const { dashboard, demo } = address
  const setUpLink = setUp.code && address.setUpLink(setUp.code)
  return { url, dashboard, demo, setUpLink, connectionFailed: metrics.connectionFailed, close: shutdown.run }
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

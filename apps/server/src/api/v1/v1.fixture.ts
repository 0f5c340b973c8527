import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import type { InjectOptions } from 'fastify'
import { expect, onTestFinished } from 'vitest'
import { prepareAccount } from '../../account/accounts.ts'
import { LogIn } from '../../account/log-in.ts'
import { openLogin } from '../../account/login.ts'
import { createPersonalToken, type PersonalTokenOptions } from '../../account/personal-token.ts'
import { ALL_RIGHTS, type Role } from '../../account/role.ts'
import { SetUp } from '../../account/set-up.ts'
import { systemClock } from '../../clock.ts'
import { createLog } from '../../observe/log.ts'
import { makeOperations } from '../../operations/operations.fixture.ts'
import { DEFAULT_KEEP_SECONDS } from '../../refusal-log/keep.ts'
import { RefusalHistory } from '../../refusal-log/refusal-history.ts'
import { Refusals } from '../../refusal-log/refusals.ts'
import { openStore } from '../../store/open.ts'
import { temporaryFolder } from '../../store/store.fixture.ts'
import { HourlyCounts } from '../../traffic/hourly-counts.ts'
import { createReadCounts } from '../../traffic/read-counts.ts'
import { createWriteDown } from '../../write-down.ts'
import { createHttp } from '../http.ts'
import { holdToDocument } from './document-check.fixture.ts'
import type { ApiContext } from './http/api-context.ts'
import type { PlatformFacts } from './schemas/platform-shapes.ts'
import { API_PREFIX, serveV1 } from './serve-v1.ts'

export const ORIGIN = 'http://stagedoor.example'
export const PASSWORD = 'a sentence that nobody uses elsewhere'

const FACTS: PlatformFacts = {
  version: '0.0.0',
  nodeVersion: '20.19.0',
  startedAt: 1_000,
  store: { kind: 'sqlite', health: 'ok', schemaVersion: '0001-keys' },
  sessions: 3,
  sockets: 4,
  conversations: 2,
  media: { kind: 'peer_to_peer', stun: false, turn: false },
  demo: false,
}

/** The API on a real store in a new folder, which is deleted after the test. */
export async function openTestApi(changes: Partial<ApiContext> = {}) {
  const folder = temporaryFolder()
  const opened = await openApi(folder, changes)
  onTestFinished(opened.close)
  return opened.api
}

/** The same, shared by all tests of a file, which must close it. */
export async function openSharedTestApi(changes: Partial<ApiContext> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-api-'))
  const opened = await openApi(folder, changes)
  return {
    api: opened.api,
    async close() {
      await opened.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type TestApi = Awaited<ReturnType<typeof openApi>>['api']

async function openApi(dataFolder: string, changes: Partial<ApiContext>) {
  const { store, seal } = await openStore({ dataFolder })
  const http = await createHttp()
  const { clock = systemClock, log = createLog({ level: 'silent', pretty: false }) } = changes
  const refusals = new RefusalHistory({
    log: new Refusals(() => true),
    store,
    clock: { now: clock.now, after: () => () => {} },
    keepSeconds: DEFAULT_KEEP_SECONDS,
    onError: raise,
    onSetAside: raise,
  })
  const hourlyCounts = new HourlyCounts({ store, clock, isApiKey: () => true, onError: raise })
  const traffic = { read: createReadCounts(hourlyCounts, store, clock.now), sumRefusals: store.sumRefusals }
  const operations = { ...makeOperations(), refusals, hourlyCounts, traffic }
  const context: ApiContext = {
    store,
    seal,
    clock,
    log,
    operations: operations,
    writeDown: createWriteDown({ store, seal, now: clock.now }, log),
    logIn: new LogIn(store, clock),
    setUp: new SetUp(true),
    toPrivate: false,
    refreshNow: async () => {},
    privateProviders: false,
    platform: () => FACTS,
    publicUrl: () => ORIGIN,
    ...changes,
  }
  const broken = holdToDocument(http)
  await serveV1(http, context, '0.0.0')

  /** Calls the API with a personal access token. */
  async function ask(
    method: InjectOptions['method'],
    path: string,
    { body, as, headers = {} }: { body?: unknown; as?: string | undefined; headers?: Record<string, string> } = {},
  ) {
    const {
      status,
      headers: answered,
      readable,
      hangUp,
    } = await send({
      method: method ?? 'GET',
      url: `${API_PREFIX}${path}`,
      ...(body !== undefined && { payload: body as object }),
      headers: { ...(as && { authorization: `Bearer ${as}` }), ...headers },
    })
    const isEndless = String(answered['content-type']).startsWith('text/event-stream')
    if (isEndless) hangUp()
    const text = isEndless ? '' : await readAll(readable)
    return { status, headers: answered, body: isEndless ? undefined : JSON.parse(text), text }
  }

  /** Sends a request, and returns the head of the response without waiting for the end. */
  async function send(request: InjectOptions) {
    const answer = await http.inject({ ...request, payloadAsStream: true })
    return {
      status: answer.statusCode,
      headers: answer.headers,
      readable: answer.stream(),
      hangUp: () => void answer.raw.res.destroy(),
    }
  }

  /** Creates an account with a personal access token. */
  async function enroll(
    role: Role | undefined,
    rest: { grants?: { apiKey: string; role: Role }[]; email?: string; token?: Partial<PersonalTokenOptions> } = {},
  ) {
    const email = rest.email ?? `${role ?? 'somebody'}-${Math.random().toString(36).slice(2)}@example.com`
    const account = await prepareAccount(
      { email, name: 'Somebody', password: PASSWORD, role, grants: rest.grants ?? [] },
      systemClock.now(),
    )
    await store.addAccount(account)
    const options = {
      accountId: account.accountId,
      name: 'test',
      rights: ALL_RIGHTS,
      apiKey: undefined,
      lifeSeconds: 60,
    }
    const { secret } = await createPersonalToken(store, { ...options, ...rest.token }, systemClock.now())
    return { account, secret }
  }

  /** Creates an API key with that name, without a signing key. */
  async function makeApiKey(apiKey: string) {
    const row = { api_key: apiKey, name: 'Shop', state: 'active', policy: '{}', created_at: 0 } as const
    await store.db.insertInto('api_key').values(row).execute()
  }

  /** Logs an account in, and returns the headers that its browser sends from a page of the platform. */
  async function logIn(accountId: string) {
    const cookie = `stagedoor=${await openLogin(store, accountId, clock.now())}`
    return { cookie, 'sec-fetch-site': 'same-origin' }
  }

  return {
    api: { http, operations, context, store, ask, send, enroll, makeApiKey, logIn },
    async close() {
      await http.close()
      await store.close()
      // Checked here at the latest, so that differences are noticed in any test.
      expect(broken).toEqual([])
    },
  }
}

function raise(error: unknown): void {
  throw error
}

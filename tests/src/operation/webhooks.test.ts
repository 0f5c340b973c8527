import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { AccessToken } from '@stagedoor/access-token'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeBlock } from '../fixtures/code-blocks.fixture.ts'
import { enrollOwner } from '../fixtures/owner.fixture.ts'
import { type RunningPlatform, stagedoorJson, startPlatformIn } from '../fixtures/platform.fixture.ts'
import { type RawClient, register } from '../fixtures/raw-client.fixture.ts'
import { type Received, Receiver } from '../fixtures/receiver.fixture.ts'
import { ENGINES, type Stage, setStage } from '../sessions/stage.fixture.ts'

interface Delivery {
  readonly deliveryId: string
  readonly type: string
  readonly state: string
  readonly attempts: readonly { readonly status: number | null; readonly reason: string | null }[]
}

interface Endpoint {
  readonly endpointId: string
  readonly secret: string
}

async function until(isSo: () => boolean | Promise<boolean>, seconds = 45): Promise<void> {
  const end = Date.now() + seconds * 1_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`It is not so after ${seconds} s`)
    await sleep(50)
  }
}

describe.each(ENGINES)('webhooks of a platform on %s', (engine) => {
  const receiver = new Receiver()
  let stage: Stage
  let platform: RunningPlatform
  let key: { readonly apiKey: string; readonly secret: string }
  let owner: string
  /** All that was answered but for what makes something, and all that was printed. */
  let said = ''

  beforeAll(async () => {
    stage = await setStage(engine, { fsync: true })
    key = await stagedoorJson(['key', 'create'], stage.data, stage.environment)
    owner = await enrollOwner(stage.location)
    await receiver.open()
  })
  afterAll(async () => {
    await platform?.stop()
    await receiver.close()
    await stage?.remove()
  })

  async function start(...args: string[]): Promise<void> {
    platform = await startPlatformIn(stage.environment, stage.data, ...args)
  }

  async function stop(signal?: NodeJS.Signals): Promise<void> {
    await platform.stop(signal)
    said += platform.output()
  }

  async function ask(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${platform.url}/api/v1/keys/${key.apiKey}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${owner}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (method === 'GET') said += text
    return { status: answer.status, body: JSON.parse(text) }
  }

  async function makeEndpoint(types: readonly string[] | null = null): Promise<Endpoint> {
    const { body } = await ask('POST', '/webhooks', { url: receiver.url, types })
    // A running platform follows its store within a tenth of a second.
    await sleep(300)
    return body
  }

  async function listDeliveries({ endpointId }: Endpoint, query = ''): Promise<Delivery[]> {
    return (await ask('GET', `/webhooks/${endpointId}/deliveries?limit=100${query}`)).body.items
  }

  async function enter(id: string): Promise<{ client: RawClient; sessionId: string }> {
    const token = new AccessToken(key.apiKey, key.secret, { apiRTC_UserAgent_Id: id }).toJwt()
    const { client, answer } = await register(platform.url, key.apiKey, id, token)
    if (answer.type !== 'registered') throw new Error(`not registered: ${answer.type}`)
    return { client, sessionId: answer.sessionId }
  }

  /** The types of what has come of one session, without what has come again. */
  function typesOf(name: 'sessionId' | 'conversation', value: string): string[] {
    const about = receiver.received.filter(({ message }) => message.data[name] === value)
    const seen = new Set<unknown>()
    return about
      .filter(({ headers }) => !seen.has(headers['webhook-id']) && seen.add(headers['webhook-id']))
      .map(({ message }) => message.type)
  }

  const verify = ({ secret }: { readonly secret: string }, { body, headers }: Received) =>
    new Webhook(secret).verify(body, headers as Record<string, string>)

  it('are sent to no private address, unless the platform is told to', async () => {
    await start()
    expect(await ask('POST', '/webhooks', { url: receiver.url })).toMatchObject({ status: 422 })
    expect(await ask('POST', '/webhooks', { url: 'https://169.254.169.254/' })).toMatchObject({ status: 422 })
    // A name is looked at when it is connected to.
    const { body: named } = await ask('POST', '/webhooks', { url: 'https://localhost/' })
    await ask('POST', `/webhooks/${named.endpointId}/test`)
    await until(async () => (await listDeliveries(named))[0]?.attempts[0]?.reason === 'the address is private')
    expect(await ask('DELETE', `/webhooks/${named.endpointId}`)).toMatchObject({ status: 200 })
    await stop()
    platform = await startPlatformIn({ ...stage.environment, STAGEDOOR_WEBHOOKS_TO_PRIVATE: '0' }, stage.data)
    expect(await ask('POST', '/webhooks', { url: receiver.url })).toMatchObject({ status: 422 })
    await stop()
  })

  it('tell of sessions, conversations, retired keys and bursts, and are verified by the public package', async () => {
    await start('--webhooks-to-private')
    const endpoint = await makeEndpoint()
    const { client, sessionId } = await enter('alice')
    client.send({ type: 'join', ref: 2, conversation: 'lobby' })
    await client.next()
    client.socket.close(1000)
    await until(() => typesOf('sessionId', sessionId).length === 2)
    await until(() => typesOf('conversation', 'lobby').length === 2)
    expect(typesOf('sessionId', sessionId)).toEqual(['session.opened', 'session.closed'])
    expect(typesOf('conversation', 'lobby')).toEqual(['conversation.started', 'conversation.ended'])
    for (let time = 0; time < 60; time++) {
      const { client: refused } = await register(platform.url, key.apiKey, 'alice', 'no token')
      refused.socket.terminate()
    }
    const second = await ask('POST', '/signing-keys', { kind: 'secret' })
    await ask('POST', `/signing-keys/${second.body.keyId}/retire`, { inSeconds: 1 })
    await until(() => receiver.received.some(({ message }) => message.type === 'signing_key.retired'))
    const bursts = receiver.received.filter(({ message }) => message.type === 'refusals.burst')
    expect(bursts.map(({ message }) => message.data)).toMatchObject([{ code: 'token_malformed', count: 51 }])
    for (const received of receiver.received) expect(verify(endpoint, received)).toEqual(received.message)
    const closed = receiver.received.find(({ message }) => message.type === 'session.closed')
    expect(closed?.message.data).toEqual({
      apiKey: key.apiKey,
      sessionId,
      userId: 'alice',
      reason: 'left',
      durationSeconds: expect.any(Number),
    })
    await ask('DELETE', `/webhooks/${endpoint.endpointId}`)
  })

  it('are signed by both secrets after a rotation', async () => {
    const endpoint = await makeEndpoint(['session.closed'])
    const { body: rotated } = await ask('POST', `/webhooks/${endpoint.endpointId}/rotate-secret`)
    await sleep(300)
    receiver.received.length = 0
    await ask('POST', `/webhooks/${endpoint.endpointId}/test`)
    await until(() => receiver.received.length > 0)
    for (const one of [endpoint, rotated])
      expect(verify(one, receiver.received[0] as Received)).toMatchObject({ type: 'test' })
    said += JSON.stringify((await ask('GET', '/webhooks')).body)
    await ask('GET', '/audit')
    await listDeliveries(endpoint)
    await ask('DELETE', `/webhooks/${endpoint.endpointId}`)
    for (const { secret } of [endpoint, rotated]) expect(said).not.toContain(secret.slice('whsec_'.length))
  })

  it('disable an endpoint that says that it is gone', async () => {
    const endpoint = await makeEndpoint()
    receiver.status = 410
    await ask('POST', `/webhooks/${endpoint.endpointId}/test`)
    const look = async () => (await ask('GET', `/webhooks/${endpoint.endpointId}`)).body
    await until(async () => (await look()).state === 'disabled')
    receiver.status = 204
    expect(await look()).toMatchObject({ isGone: true })
    expect(await listDeliveries(endpoint)).toMatchObject([{ state: 'dead', attempts: [{ status: 410 }] }])
    const { body: trail } = await ask('GET', '/audit?limit=1')
    expect(trail.items).toMatchObject([
      {
        action: 'webhook.disabled',
        actor: { kind: 'platform' },
        subject: endpoint.endpointId,
        after: { isGone: true },
      },
    ])
    await ask('DELETE', `/webhooks/${endpoint.endpointId}`)
  })

  it('arrive each and in order though the receiver is down and the platform is killed', {
    timeout: 120_000,
  }, async () => {
    const endpoint = await makeEndpoint(['session.opened', 'session.closed'])
    await receiver.close()
    receiver.received.length = 0
    const entered = await Promise.all(Array.from({ length: 20 }, (_, at) => enter(`user ${at}`)))
    for (const { client } of entered.slice(0, 15)) client.socket.close(1000)
    // What the API shows is written.
    await until(async () => (await listDeliveries(endpoint)).length === 35)
    await until(async () =>
      (await listDeliveries(endpoint, '&state=retrying')).some(({ attempts }) => attempts.length > 0),
    )
    const written = await listDeliveries(endpoint)
    await stop('SIGKILL')
    await start('--webhooks-to-private')
    const { sessionId: later } = await enter('late')
    await receiver.open()
    await until(async () => (await listDeliveries(endpoint, '&state=delivered')).length === 36, 90)
    for (const [at, { sessionId }] of entered.entries()) {
      expect([at, typesOf('sessionId', sessionId)]).toEqual([
        at,
        at < 15 ? ['session.opened', 'session.closed'] : ['session.opened'],
      ])
    }
    expect(typesOf('sessionId', later)).toEqual(['session.opened'])
    const delivered = new Set((await listDeliveries(endpoint)).map(({ deliveryId }) => deliveryId))
    expect(written.filter(({ deliveryId }) => !delivered.has(deliveryId))).toEqual([])
    for (const received of receiver.received) expect(verify(endpoint, received)).toEqual(received.message)
    await stop()
    await start('--webhooks-to-private')
    // A platform that is stopped says so of the sessions that it had.
    await until(() => typesOf('sessionId', later).length === 2)
    expect(said).not.toContain(endpoint.secret.slice('whsec_'.length))
    expect(said).not.toContain('nobody keeps this answer')
  })
})

describe('the documentation of webhooks', () => {
  it('has a program that verifies what comes, and refuses what is forged', async () => {
    const program = codeBlock('docs/webhooks.md', 'js')
    const secret = `whsec_${Buffer.alloc(32, 'a').toString('base64')}`
    const ask = `
      const body = JSON.stringify({ type: 'test', timestamp: new Date().toISOString(), data: {} })
      const at = new Date()
      const headers = (signer) => ({ 'webhook-id': 'msg_1', 'webhook-timestamp': String(Math.floor(at / 1000)),
        'webhook-signature': new Webhook(signer).sign('msg_1', at, body) })
      const send = async (signer) => (await fetch('http://127.0.0.1:' + server.address().port, { method: 'POST', body, headers: headers(signer) })).status
      console.log(await send(process.env.WEBHOOK_SECRET), await send('whsec_' + Buffer.alloc(32, 'b').toString('base64')))
      server.close()
      server.closeAllConnections()
    `
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', `${program}\n${ask}`], {
      encoding: 'utf8',
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...process.env, WEBHOOK_SECRET: secret, PORT: '0' },
    })
    expect(stderr).toBe('')
    expect(stdout.trim().split('\n').at(-1)).toBe('204 400')
  })
})

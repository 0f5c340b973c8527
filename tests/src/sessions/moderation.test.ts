import { type EjectOptions, RefusedError, UserAgent } from '@stagedoor/client'
import { describe, expect, it } from 'vitest'
import { startPlatform } from '../fixtures/platform.fixture.ts'
import { attempt, register } from '../fixtures/raw-client.fixture.ts'
import { Shop } from '../fixtures/shop.fixture.ts'

const SESSION_CLOSED = 4403

const shop = Shop.forTests()

async function enter(id: string, token: string | undefined) {
  const { client, answer } = await register(shop.platform.url, shop.key.apiKey, id, token)
  if (answer.type !== 'registered') throw new Error(`${id} is not let in`)
  return { client, sessionId: answer.sessionId, ticket: answer.resume }
}

/** Until what was written a moment ago is in force. */
function expectRefused(id: string, token: string) {
  return expect.poll(() => shop.outcomeOf(id, token), { timeout: 5_000, interval: 50 }).toBe('token_revoked')
}

describe('an owner who keeps a session out', () => {
  it.each([
    ['revoke', 'session'],
    ['session', 'close', '--ban', 'tokens'],
  ])('with "%s %s" revokes every token that it has presented, for after a restart too', async (...command) => {
    const [first, second, third] = [shop.mint('alice'), shop.mint('alice'), shop.mint('alice')]
    const alice = await enter('alice', first)
    const other = await enter('alice', shop.mint('alice'))
    for (const [ref, token] of [second, third].entries()) {
      alice.client.send({ type: 'renew', ref, token })
      expect(await alice.client.next()).toMatchObject({ type: 'renewed' })
    }
    const { status, stdout } = await shop.run(...command, alice.sessionId)
    expect([status, stdout]).toEqual([0, 'Closed the session of alice and revoked every token it presented.\n'])
    expect(await alice.client.closed).toBe(SESSION_CLOSED)
    for (const token of [first, second, third]) await expectRefused('alice', token)
    expect(other.client.socket.readyState).toBe(other.client.socket.OPEN)
    other.client.socket.terminate()
    await shop.platform.stop('SIGKILL')
    shop.platform = await startPlatform(shop.data)
    for (const token of [first, second, third]) expect(await shop.outcomeOf('alice', token)).toBe('token_revoked')
    expect(await shop.outcomeOf('alice', shop.mint('alice'))).toBe('registered')
  })

  it('ends one whose client is lost, and its ticket with it', async () => {
    const { client, sessionId, ticket } = await enter('bob', shop.mint('bob'))
    client.socket.terminate()
    await shop.run('revoke', 'session', sessionId)
    const back = await attempt(shop.platform.url)
    back.send({ type: 'resume', ref: 1, ticket, received: 0 })
    expect(await back.next()).toMatchObject({ type: 'refused', code: 'resume_refused' })
  })

  it('is told where the session had no token, and so has none to revoke', async () => {
    await shop.run('policy', 'set', shop.key.apiKey, '--no-require-token')
    await expect.poll(() => shop.outcomeOf('carol'), { timeout: 5_000, interval: 50 }).toBe('registered')
    const carol = await enter('carol', undefined)
    const { status, stdout } = await shop.run('revoke', 'session', carol.sessionId)
    expect([status, stdout]).toEqual([0, expect.stringContaining('It had no token, so there was nothing to revoke')])
    expect(await carol.client.closed).toBe(SESSION_CLOSED)
    await shop.run('policy', 'set', shop.key.apiKey, '--require-token')
  })

  it('is told in one line that there is no such session', async () => {
    for (const args of [
      ['revoke', 'session', 'none'],
      ['session', 'close', 'none', '--ban', 'tokens'],
    ]) {
      const { status, stderr } = await shop.run(...args)
      expect([status, stderr]).toEqual([
        2,
        'stagedoor: There is no such live session. List the sessions: npx stagedoor session list\n',
      ])
    }
  })
})

const lobby = { name: 'lobby', publish: ['data' as const], subscribe: true }

async function join(id: string, role: 'moderator' | 'contributor') {
  const token = shop.mint(id, { conversations: [{ ...lobby, role }] })
  const session = await new UserAgent({ uri: `apiKey:${shop.key.apiKey}` }).register({
    cloudUrl: shop.platform.url,
    id,
    token,
  })
  const conversation = session.getConversation('lobby')
  await conversation.join()
  return { session, conversation, token }
}

describe('in a conversation', () => {
  it('a moderator takes a contact out, who may join again, and keeps one out, who may not', async () => {
    const moderator = await join('alice', 'moderator')
    const guest = await join('bob', 'contributor')
    const heard: unknown[] = []
    guest.conversation.on('left', (code) => heard.push(code))
    guest.session.on('disconnected', (disconnection) => heard.push(disconnection))
    const findBob = () => expect.poll(() => moderator.conversation.getContacts().get('bob')).toBeDefined()
    const eject = async (options?: EjectOptions) => {
      await findBob()
      const bob = moderator.conversation.getContacts().get('bob')
      if (bob !== undefined) await moderator.conversation.eject(bob, options)
    }
    await eject()
    await expect.poll(() => heard).toEqual(['ejected'])
    await guest.conversation.join()
    await eject({ ban: 'tokens' })
    await expect.poll(() => heard.slice(1)).toEqual(['ejected', { reason: 'ejected', willReconnect: false }])
    await expectRefused('bob', guest.token)
    await moderator.session.disconnect()
  })

  it('a moderator bans a contact for a time, who comes in with no token until an owner lifts it', async () => {
    const [moderator, guest] = [await join('alice', 'moderator'), await join('frank', 'contributor')]
    const elsewhere = await enter('frank', shop.mint('frank'))
    const ended = new Promise((hear) => guest.session.on('disconnected', hear))
    await expect.poll(() => moderator.conversation.getContacts().get('frank')).toBeDefined()
    const frank = moderator.conversation.getContacts().get('frank')
    if (frank === undefined) throw new Error('nobody is there')
    await moderator.conversation.eject(frank, { ban: { userForSeconds: 3_600 } })
    expect(await ended).toEqual({ reason: 'ejected', willReconnect: false })
    expect(await elsewhere.client.closed).toBe(SESSION_CLOSED)
    // At once, with a token that did not exist when the ban was made, and after a restart too.
    expect(await shop.outcomeOf('frank', shop.mint('frank'))).toBe('user_banned')
    await moderator.session.disconnect()
    await shop.platform.stop('SIGKILL')
    shop.platform = await startPlatform(shop.data)
    expect(await shop.outcomeOf('frank', shop.mint('frank'))).toBe('user_banned')
    expect((await shop.run('ban', 'list', shop.key.apiKey)).stdout).toMatch(/^frank /m)
    expect((await shop.run('ban', 'lift', shop.key.apiKey, 'frank')).stdout).toBe('Lifted the ban of frank.\n')
    const patience = { timeout: 5_000, interval: 50 }
    await expect.poll(() => shop.outcomeOf('frank', shop.mint('frank')), patience).toBe('registered')
    expect((await shop.run('ban', 'list', shop.key.apiKey)).stdout).toBe('No active bans.\n')
    expect((await shop.run('ban', 'lift', shop.key.apiKey, 'frank')).status).toBe(2)
  })

  it('an owner bans for a time with each command that does, and says for how long', async () => {
    const { apiKey } = shop.key
    const banned = () => expect.poll(() => shop.outcomeOf('grace', shop.mint('grace')), { timeout: 5_000 })
    for (const command of [
      ['session', 'close', 'SESSION', '--ban-user-for', '10m'],
      ['session', 'eject', 'SESSION', 'lobby', '--ban-user-for', '1h'],
      ['ban', 'user', apiKey, 'grace', '--for', '7d'],
    ]) {
      const { session } = await join('grace', 'contributor')
      const ended = new Promise((hear) => session.on('disconnected', hear))
      const { status } = await shop.run(...command.map((word) => (word === 'SESSION' ? session.getId() : word)))
      expect(status).toBe(0)
      expect(await ended).toMatchObject({ willReconnect: false })
      await banned().toBe('user_banned')
      const list = JSON.parse((await shop.run('ban', 'list', apiKey, '--json')).stdout)
      const { revokedAt, forgetAt } = list.items.find(({ subject }: { subject: string }) => subject === 'grace')
      const asked = { '10m': 600, '1h': 3_600, '7d': 604_800 }[command.at(-1) ?? '']
      expect(Date.parse(forgetAt) - Date.parse(revokedAt)).toBe(((asked ?? 0) + 1) * 1_000)
      await shop.run('ban', 'lift', apiKey, 'grace')
      await banned().toBe('registered')
    }
    for (const wrong of ['0s', '367d', 'soon']) {
      expect((await shop.run('ban', 'user', apiKey, 'grace', '--for', wrong)).status).not.toBe(0)
    }
  })

  it('nobody else does, and the refusal can be asked about', async () => {
    const [alice, bob] = [await join('alice', 'moderator'), await join('bob', 'contributor')]
    const [contact] = bob.conversation.getContacts().values()
    const error = await (contact && bob.conversation.eject(contact).catch((failure: unknown) => failure))
    expect(error).toMatchObject({ name: 'RefusedError', code: 'permission_not_granted' })
    const { stdout } = await shop.run('refusal', 'show', error instanceof RefusedError ? error.refusalId : '')
    expect(stdout).toMatch(/^Refused: permission_not_granted\. .*lobby/)
    for (const { session } of [alice, bob]) await session.disconnect()
  })

  it('the owner does both, with the command line', async () => {
    const { session, conversation, token } = await join('carol', 'contributor')
    const left = new Promise((hear) => conversation.on('left', hear))
    const taken = await shop.run('session', 'eject', session.getId(), 'lobby')
    expect([taken.status, taken.stdout]).toEqual([0, 'Ejected the session of carol from lobby. It can join again.\n'])
    expect(await left).toBe('ejected')
    const again = await shop.run('session', 'eject', session.getId(), 'lobby')
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('carol is not in lobby')])
    await conversation.join()
    const ended = new Promise((hear) => session.on('disconnected', hear))
    const kept = await shop.run('session', 'eject', session.getId(), 'lobby', '--ban', 'tokens')
    expect([kept.status, kept.stdout]).toEqual([0, expect.stringContaining('every token it presented')])
    expect(await ended).toEqual({ reason: 'ejected', willReconnect: false })
    await expectRefused('carol', token)
  })
})

describe('a shop.platform that is stopped', () => {
  it('does not wait for clients that are lost', { timeout: 10_000 }, async () => {
    const { client } = await enter('dave', shop.mint('dave'))
    client.socket.terminate()
    await client.closed
    await shop.platform.stop()
    shop.platform = await startPlatform(shop.data)
  })
})

import { expect, it, vi } from 'vitest'
import type { Policy } from '../policy/policy.ts'
import { UsedTokens } from '../registration/used-tokens.ts'
import { StoreDownError } from '../store-down.ts'
import { API_KEY, mint, openTestGate } from './gate.fixture.ts'

/** A gate whose API key admits each token once, and a store that answers when it is let. */
async function openSingleUseGate(policy: Partial<Policy> = {}) {
  const pending: ((answer: boolean | Error) => void)[] = []
  const write = () =>
    new Promise<boolean>((give, fail) => {
      pending.push((answer) => (typeof answer === 'boolean' ? give(answer) : fail(answer)))
    })
  const gate = await openTestGate({}, undefined, { singleUse: true, ...policy }, new UsedTokens({ write }))
  const register = (token: string) => {
    const client = gate.request()
    void client.send({ type: 'register', ref: 1, apiKey: API_KEY, id: 'alice', token })
    return client
  }
  return { ...gate, pending, register }
}

it('a registration is answered only when the mark of its token is written', async () => {
  const { register, pending, context } = await openSingleUseGate()
  const client = register(mint())
  void client.send({ type: 'join', ref: 2, conversation: 'lobby' })
  await vi.waitFor(() => expect(pending).toHaveLength(1))
  expect(context.sessions.size).toBe(0)
  pending[0]?.(true)
  expect(await client.next()).toMatchObject({ type: 'registered', ref: 1 })
  expect(await client.next()).toMatchObject({ type: 'joined', ref: 2 })
})

it('two registrations of one token at once open one session, whichever is answered first', async () => {
  const { register, pending, context } = await openSingleUseGate()
  const token = mint()
  const first = register(token)
  await vi.waitFor(() => expect(pending).toHaveLength(1))
  expect(await register(token).next()).toMatchObject({ type: 'refused', code: 'token_already_used' })
  pending[0]?.(true)
  expect(await first.next()).toMatchObject({ type: 'registered' })
  expect([context.sessions.size, pending.length]).toEqual([1, 1])
})

it('a token that another platform has marked is refused', async () => {
  const { register, pending, context } = await openSingleUseGate()
  const client = register(mint())
  await vi.waitFor(() => expect(pending).toHaveLength(1))
  pending[0]?.(false)
  expect(await client.next()).toMatchObject({ type: 'refused', code: 'token_already_used' })
  expect(context.sessions.size).toBe(0)
})

it('while the store is down nobody is let in, and the token is good once it is back', async () => {
  const { register, pending, context } = await openSingleUseGate()
  const token = mint()
  const client = register(token)
  await vi.waitFor(() => expect(pending).toHaveLength(1))
  pending[0]?.(new StoreDownError('gone'))
  expect(await client.next()).toMatchObject({ type: 'refused', code: 'unavailable' })
  expect(context.sessions.size).toBe(0)
  const again = register(token)
  await vi.waitFor(() => expect(pending).toHaveLength(2))
  pending[1]?.(true)
  expect(await again.next()).toMatchObject({ type: 'registered' })
})

it('one who hangs up while it is written has no session, and the token is used', async () => {
  const { register, pending, gate, context } = await openSingleUseGate()
  const token = mint()
  const client = register(token)
  await vi.waitFor(() => expect(pending).toHaveLength(1))
  client.socket.terminate()
  await vi.waitFor(() => expect(gate.size).toBe(0))
  pending[0]?.(true)
  expect(await register(token).next()).toMatchObject({ type: 'refused', code: 'token_already_used' })
  expect(context.sessions.size).toBe(0)
})

it('a renewal waits too, and is decided on again when the mark is written', async () => {
  const { register, pending, context } = await openSingleUseGate()
  const client = register(mint())
  await vi.waitFor(() => expect(pending).toHaveLength(1))
  pending[0]?.(true)
  await client.next()
  const [session] = context.sessions.all()
  const before = session?.admission
  for (const [at, answer] of [false, new StoreDownError('gone'), true].entries()) {
    await client.send({ type: 'renew', ref: at + 2, token: mint() })
    await vi.waitFor(() => expect(pending).toHaveLength(at + 2))
    expect(session?.admission).toBe(before)
    pending[at + 1]?.(answer)
    expect(await client.next()).toMatchObject(
      [{ type: 'refused', code: 'token_already_used' }, { type: 'refused', code: 'unavailable' }, { type: 'renewed' }][
        at
      ] as object,
    )
  }
  expect(session?.admission).not.toBe(before)
})

it('what has changed meanwhile counts: a session limit that was reached while it was written', async () => {
  const { register, pending, context } = await openSingleUseGate({ sessionsPerUser: { most: 1, beyond: 'refuse' } })
  const clients = [register(mint()), register(mint())]
  await vi.waitFor(() => expect(pending).toHaveLength(2))
  for (const give of pending) give(true)
  const answers = await Promise.all(clients.map((client) => client.next()))
  expect(answers.map((answer) => ('code' in answer ? answer.code : answer.type)).sort()).toEqual([
    'registered',
    'session_limit',
  ])
  expect(context.sessions.size).toBe(1)
})

it('other API keys do not wait', async () => {
  const write = vi.fn(() => new Promise<boolean>(() => {}))
  const { request } = await openTestGate({}, undefined, {}, new UsedTokens({ write }))
  expect(await request().register(mint())).toMatchObject({ type: 'registered' })
  expect(write).not.toHaveBeenCalled()
})

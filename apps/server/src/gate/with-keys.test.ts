import { expect, it } from 'vitest'
import { API_KEY, mint, openTestGate } from './gate.fixture.ts'

/** A gate where published keys come when they are let come, and that keeps what they were asked for. */
async function openWaitingGate() {
  const asked: (string | undefined)[] = []
  let come: (error?: Error) => void = () => {}
  const promise = new Promise<void>((done, fail) => {
    come = (error) => (error === undefined ? done() : fail(error))
  })
  const gate = await openTestGate({}, (apiKey, token) => {
    asked.push(token)
    return apiKey === API_KEY ? promise : undefined
  })
  return { ...gate, asked, come }
}

it('a registration waits for the key that it needs, and what was sent after it comes after it', async () => {
  const { request, come, asked, gate, context } = await openWaitingGate()
  const client = request()
  const token = mint()
  await client.send({ type: 'register', ref: 1, apiKey: API_KEY, id: 'alice', token })
  await client.send({ type: 'join', ref: 2, conversation: 'lobby' })
  await expect.poll(() => asked).toEqual([token])
  expect([gate.size, context.sessions.size]).toEqual([1, 0])
  come()
  expect(await client.next()).toMatchObject({ type: 'registered', ref: 1 })
  expect(await client.next()).toMatchObject({ type: 'joined', ref: 2 })
})

it('one who hangs up while it waits leaves no session behind', async () => {
  const { request, come, asked, gate, context } = await openWaitingGate()
  const client = request()
  await client.send({ type: 'register', ref: 1, apiKey: API_KEY, id: 'alice', token: mint() })
  await expect.poll(() => asked).toHaveLength(1)
  client.socket.terminate()
  await client.closed
  come()
  await expect.poll(() => gate.size).toBe(0)
  expect(context.sessions.size).toBe(0)
})

it('a fault while it waits closes the socket, and the log tells', async () => {
  const { request, come, asked, lines } = await openWaitingGate()
  const client = request()
  await client.send({ type: 'register', ref: 1, apiKey: API_KEY, id: 'alice', token: mint() })
  await expect.poll(() => asked).toHaveLength(1)
  come(new Error('of a test'))
  expect(await client.closed).toMatchObject({ code: 1011 })
  expect(lines.join('')).toContain('of a test')
})

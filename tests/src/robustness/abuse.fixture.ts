import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerMessage } from '@stagedoor/protocol'
import { attempt, type RawClient } from '../fixtures/raw-client.fixture.ts'

const TALK_MS = 200

/** Someone who talks in a conversation and hears the other one, and counts what goes wrong. */
export interface HonestUser {
  /** How long what the other said was under way, in milliseconds. */
  readonly delays: readonly number[]
  /** What was not to be, in words. */
  readonly complaints: readonly string[]
  readonly said: number
  stop(): Promise<void>
}

/** Opens a session, joins, and talks until it is stopped. */
export async function enterHonestly(
  url: string,
  { apiKey, id, token, conversation }: { apiKey: string; id: string; token: string; conversation: string },
): Promise<HonestUser> {
  const client = await attempt(url)
  const delays: number[] = []
  const complaints: string[] = []
  const state = { said: 0, isOver: false }
  client.send({ type: 'register', ref: 1, apiKey, id, token })
  await expectNext(client, 'registered')
  client.send({ type: 'join', ref: 2, conversation })
  await expectNext(client, 'joined')
  void client.closed.then((code) => {
    if (!state.isOver) complaints.push(`${id} was closed with ${code}`)
  })
  const listening = listen(client, (message) => {
    if (message.type === 'refused' || message.type === 'failed') complaints.push(`${id} was refused: ${message.code}`)
    if (message.type === 'message' && message.text.startsWith('at '))
      delays.push(Date.now() - Number(message.text.slice(3)))
  })
  const talking = (async () => {
    for (let ref = 3; !state.isOver; ref++) {
      client.send({ type: 'send_message', ref, conversation, text: `at ${Date.now()}` })
      state.said++
      await sleep(TALK_MS)
    }
  })()
  return {
    delays,
    complaints,
    get said() {
      return state.said
    },
    async stop() {
      state.isOver = true
      await talking
      client.socket.close(1000)
      await Promise.all([client.closed, listening])
    },
  }
}

async function listen(client: RawClient, take: (message: ServerMessage) => void): Promise<void> {
  try {
    for (;;) take(await client.next())
  } catch {
    // It is closed.
  }
}

async function expectNext(client: RawClient, type: ServerMessage['type']): Promise<void> {
  const message = await client.next()
  if (message.type !== type) throw new Error(`Not ${type}: ${JSON.stringify(message)}`)
}

/** Asks again and again until it is stopped. Answers how long each answer took, in milliseconds. */
export function askAgainAndAgain(ask: () => Promise<void>, everyMs: number) {
  const delays: number[] = []
  const complaints: string[] = []
  let isOver = false
  const asking = (async () => {
    while (!isOver) {
      const began = performance.now()
      await ask().then(
        () => delays.push(performance.now() - began),
        (error: Error) => complaints.push(error.message),
      )
      await sleep(everyMs)
    }
  })()
  return {
    delays,
    complaints,
    async stop() {
      isOver = true
      await asking
    },
  }
}

/** The value that so many per cent do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN
}

import { describe, expect, it } from 'vitest'
import { keepEvents } from '../events/event.fixture.ts'
import { sessionOf } from '../session/session.fixture.ts'
import { announceConversations } from './announce-conversations.ts'
import { Conversations } from './conversations.ts'
import { join } from './join.ts'
import { leave } from './leave.ts'

describe('a conversation', () => {
  it('is announced when the first comes in and when the last has gone', () => {
    const { told, announce } = keepEvents()
    let now = 1_000
    const clock = { now: () => now, after: () => () => {} }
    const conversations = new Conversations(announceConversations(announce, clock))
    const [alice, bob] = [sessionOf('alice').session, sessionOf('bob').session]
    const about = { apiKey: 'shop', orderingKey: 'conversation "lobby"' }
    join(conversations, alice, 'lobby')
    join(conversations, alice, 'lobby')
    join(conversations, bob, 'lobby')
    expect(told).toEqual([{ ...about, type: 'conversation.started', at: 1_000, data: { conversation: 'lobby' } }])
    now += 30
    leave(conversations, alice, 'lobby')
    expect(told).toHaveLength(1)
    leave(conversations, bob, 'lobby')
    const data = { conversation: 'lobby', durationSeconds: 30 }
    expect(told.slice(1)).toEqual([{ ...about, type: 'conversation.ended', at: 1_030, data }])
    join(conversations, bob, 'lobby')
    expect(told).toHaveLength(3)
  })
})

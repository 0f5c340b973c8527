import { describe, expect, it } from 'vitest'
import { admissionOf, RecordingChannel } from '../session/session.fixture.ts'
import { findSessions, type SessionQuestion } from './find-sessions.ts'
import { makeOperations } from './operations.fixture.ts'

function openPlatform() {
  const operations = makeOperations()
  const open = (userId: string, keyId?: string, apiKey = 'shop') =>
    operations.sessions.open(admissionOf(userId, { keyId, apiKey }), new RecordingChannel())
  const [alice, alina, bob] = [open('Alice', 'one'), open('alina', 'two'), open('bob', 'one')]
  open('Alice', 'one', 'other')
  for (const session of [alice, bob]) {
    const { permissions } = session.admission
    operations.conversations.enter(operations.conversations.findOrOpen('shop', 'lobby'), { session, permissions })
  }
  const find = (question: SessionQuestion) =>
    [...findSessions(operations, 'shop', question)].map(({ userId }) => userId).sort()
  return { find, alina }
}

describe('the live sessions of an API key', () => {
  it.each<[string, SessionQuestion, string[]]>([
    ['nothing', {}, ['Alice', 'alina', 'bob']],
    ['a user id, which is exact', { userId: 'Alice' }, ['Alice']],
    ['a user id in another case', { userId: 'alice' }, []],
    ['a part of a user id in whatever case', { search: 'aLi' }, ['Alice', 'alina']],
    ['a conversation', { conversation: 'lobby' }, ['Alice', 'bob']],
    ['a conversation that nobody is in', { conversation: 'attic' }, []],
    ['a signing key', { keyId: 'two' }, ['alina']],
    ['several at once', { search: 'ali', conversation: 'lobby', keyId: 'one' }, ['Alice']],
    ['a user in a conversation', { userId: 'bob', conversation: 'lobby' }, ['bob']],
    ['a user who is not in it', { userId: 'alina', conversation: 'lobby' }, []],
  ])('are found by %s', (_what, question, users) => {
    expect(openPlatform().find(question)).toEqual(users)
  })
})

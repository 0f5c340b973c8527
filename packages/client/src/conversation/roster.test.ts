import { expect, it } from 'vitest'
import { Roster } from './roster.ts'

const session = (sessionId: string, id: string, userData = {}) => ({
  sessionId,
  id,
  role: 'contributor' as const,
  userData,
})

it('a user with two sessions is one contact, who has left when both are gone', () => {
  const roster = new Roster()
  const [alice] = roster.add(session('s1', 'alice')).joined
  expect(roster.add(session('s2', 'alice')).joined).toEqual([])
  expect(roster.ofSession('s1')).toBe(alice)
  expect(roster.ofSession('s2')).toBe(alice)
  expect(alice && roster.sessionsOf(alice)).toEqual(['s1', 's2'])
  expect(roster.remove('s1').left).toEqual([])
  expect(roster.remove('s2').left).toEqual([alice])
  expect(roster.byId().size).toBe(0)
})

it('what the session that came last says of the user is what counts', () => {
  const roster = new Roster()
  const [alice] = roster.add(session('s1', 'alice')).joined
  expect(alice?.getUsername()).toBe('alice')
  expect(roster.add(session('s2', 'alice', { username: 'Alice' })).userDataChanged).toEqual([alice])
  expect(alice?.getUsername()).toBe('Alice')
})

it('what a session said of its user is forgotten with it', () => {
  const roster = new Roster()
  const [alice] = roster.add(session('s1', 'alice', { username: 'Alice' })).joined
  roster.add(session('s2', 'alice', { username: 'Alice on the phone' }))
  expect(roster.remove('s2').userDataChanged).toEqual([alice])
  expect(alice?.getUsername()).toBe('Alice')
  expect(roster.add(session('s1', 'alice', { username: 'Alice' })).userDataChanged).toEqual([])
})

it('after a reconnect, a user who is still there is the same contact', () => {
  const roster = new Roster()
  const [alice] = roster.add(session('s1', 'alice')).joined
  const [bob] = roster.add(session('s2', 'bob')).joined
  const update = roster.replace([session('s3', 'bob'), session('s4', 'carol')])
  expect(update.left).toEqual([alice])
  expect(update.joined.map((contact) => contact.getId())).toEqual(['carol'])
  expect(roster.ofSession('s3')).toBe(bob)
  expect(roster.ofSession('s2')).toBeUndefined()
})

import type { ConversationGrant } from '@stagedoor/access-token'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { permissionsIn } from '../admission/permissions.ts'
import { narrow, readScope, writeScope } from './grant-conversations.ts'

const OTHERWISE = { role: 'guest', publish: [], subscribe: false } as const

const name = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 })
const granted = fc.oneof(
  name,
  name.map((text) => `${text}*`),
  fc.constant('*'),
)
const grant: fc.Arbitrary<ConversationGrant> = fc.record({
  name: granted,
  role: fc.constantFrom('moderator', 'contributor', 'guest'),
  publish: fc.subarray(['audio', 'video'] as const),
  subscribe: fc.boolean(),
})
const grants = fc.uniqueArray(grant, { selector: (one) => one.name, maxLength: 6 })

it('narrowed grants give in each conversation what was granted before, or nothing', () => {
  const scopes = fc.array(granted, { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.option(grants, { nil: undefined }), scopes, name, (before, names, conversation) => {
      const after = narrow(before, names, OTHERWISE)
      if (after === undefined) return
      const isNamed = names.some((one) =>
        one.endsWith('*') ? conversation.startsWith(one.slice(0, -1)) : one === conversation,
      )
      const expected = isNamed ? permissionsIn(conversation, before, OTHERWISE) : undefined
      const { role, publish, subscribe } = permissionsIn(conversation, after, OTHERWISE) ?? {}
      expect({ role, publish, subscribe }).toEqual({
        role: expected?.role,
        publish: expected?.publish,
        subscribe: expected?.subscribe,
      })
    }),
    { numRuns: 5_000 },
  )
})

it('a scope is read back as written, for any characters in the names', () => {
  const names = ['a room', 'größer', '100%', 'lesson*', '*', 'a"b\\c', 'conversation:x']
  const all = names.map((one) => ({ name: one, ...OTHERWISE }))
  expect(writeScope(all)).toMatch(/^[!#-[\]-~]+( [!#-[\]-~]+)*$/)
  expect(readScope(writeScope(all))).toEqual(names)
})

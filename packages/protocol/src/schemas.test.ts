import { describe, expect, it } from 'vitest'
import { registerSchema, sessionMessageSchema } from './client-messages.ts'
import { CLOSE_CODES } from './close-codes.ts'
import { MAX_CONVERSATION_NAME_LENGTH, MAX_MESSAGE_LENGTH, MAX_NAME_LENGTH, MAX_USER_DATA_BYTES } from './limits.ts'
import { apiKeySchema, conversationNameSchema, userDataSchema, userIdSchema } from './names.ts'
import { REFUSAL_MESSAGES } from './refusal-codes.ts'

function accepts(schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean {
  return schema.safeParse(value).success
}

describe('a name', () => {
  it(`of a user has 1 to ${MAX_NAME_LENGTH} characters, and is not the wildcard`, () => {
    expect(accepts(userIdSchema, 'a')).toBe(true)
    expect(accepts(userIdSchema, 'a'.repeat(MAX_NAME_LENGTH))).toBe(true)
    for (const id of ['', 'a'.repeat(MAX_NAME_LENGTH + 1), 'a\nb', 'ApiKey_Token', 7, null, ['a']]) {
      expect([id, accepts(userIdSchema, id)]).toEqual([id, false])
    }
  })

  it(`of a conversation has 1 to ${MAX_CONVERSATION_NAME_LENGTH} characters, and no star`, () => {
    expect(accepts(conversationNameSchema, 'ä'.repeat(MAX_CONVERSATION_NAME_LENGTH))).toBe(true)
    for (const name of ['', 'a'.repeat(MAX_CONVERSATION_NAME_LENGTH + 1), 'a*', 'a\u0000']) {
      expect([name, accepts(conversationNameSchema, name)]).toEqual([name, false])
    }
  })
})

it.each(['.', '..', '\ud800', 'a\udc00b', 'a\u0000', '\u0085', 'a\nb', ''])('%j is no name of anything', (name) => {
  for (const schema of [apiKeySchema, userIdSchema, conversationNameSchema]) expect(accepts(schema, name)).toBe(false)
})

it.each(['...', '.a', 'a.', 'a/b', '%2e', '𝄞', 'ä ö', '\u{1f468}\u200d\u{1f469}'])(
  '%j is a name of anything',
  (name) => {
    for (const schema of [apiKeySchema, userIdSchema, conversationNameSchema]) expect(accepts(schema, name)).toBe(true)
  },
)

describe('user data', () => {
  it(`has at most ${MAX_USER_DATA_BYTES} bytes of JSON`, () => {
    const frame = JSON.stringify({ x: '' }).length
    expect(accepts(userDataSchema, { x: 'a'.repeat(MAX_USER_DATA_BYTES - frame) })).toBe(true)
    expect(accepts(userDataSchema, { x: 'a'.repeat(MAX_USER_DATA_BYTES - frame + 1) })).toBe(false)
    expect(accepts(userDataSchema, { x: 'ä'.repeat((MAX_USER_DATA_BYTES - frame) / 2 + 1) })).toBe(false)
  })

  it('is an object', () => {
    for (const value of [null, [], 'x', 7]) expect(accepts(userDataSchema, value)).toBe(false)
  })
})

describe('a message', () => {
  it(`to chat with has 1 to ${MAX_MESSAGE_LENGTH} characters`, () => {
    const saying = (text: string) => ({ type: 'send_message', ref: 1, conversation: 'a', text })
    expect(accepts(sessionMessageSchema, saying('a'.repeat(MAX_MESSAGE_LENGTH)))).toBe(true)
    expect(accepts(sessionMessageSchema, saying('a'.repeat(MAX_MESSAGE_LENGTH + 1)))).toBe(false)
    expect(accepts(sessionMessageSchema, saying(''))).toBe(false)
  })

  it('to register with names nothing that the error would repeat', () => {
    const reading = registerSchema.safeParse({
      type: 'register',
      ref: 1,
      apiKey: 'k',
      id: 'a',
      token: { secret: 'canary' },
    })
    expect(reading.success).toBe(false)
    expect(JSON.stringify(reading.error?.issues)).not.toContain('canary')
  })

  it('may have members that this version does not know, which are dropped', () => {
    const reading = sessionMessageSchema.parse({ type: 'join', ref: 1, conversation: 'a', later: true })
    expect(reading).toEqual({ type: 'join', ref: 1, conversation: 'a' })
  })

  it('to eject somebody keeps nobody out where it does not say so', () => {
    const message = { type: 'eject', ref: 1, conversation: 'a', sessionId: 's' }
    expect(sessionMessageSchema.parse(message)).toEqual(message)
    const accepted = (ban: unknown) => accepts(sessionMessageSchema, { ...message, ban })
    expect(['tokens', 'user', { userForSeconds: 1 }, { userForSeconds: 86_400 }].map(accepted)).toEqual(
      Array(4).fill(true),
    )
    const wrong = [
      true,
      'yes',
      {},
      { userForSeconds: 0 },
      { userForSeconds: 1.5 },
      { userForSeconds: 86_401 },
      { userForSeconds: 5, x: 1 },
    ]
    expect(wrong.map(accepted)).toEqual(wrong.map(() => false))
    expect(accepts(sessionMessageSchema, { ...message, sessionId: 'x'.repeat(65) })).toBe(false)
  })

  it.each([
    ['neither audio nor video', { audio: false, video: false }],
    ['an id that is too long', { mediaStreamId: 'x'.repeat(129) }],
    ['a kind that is no boolean', { audio: 1 }],
  ])('publishes no stream with %s', (_what, odd) => {
    const stream = { mediaStreamId: 'ms', audio: true, video: true, screen: false, ...odd }
    expect(accepts(sessionMessageSchema, { type: 'publish', ref: 1, conversation: 'a', stream })).toBe(false)
  })
})

describe('the tables of codes', () => {
  it('have a number of its own for each reason to close', () => {
    const codes = Object.values(CLOSE_CODES).map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('have a sentence for each refusal, which names no key and no secret', () => {
    for (const message of Object.values(REFUSAL_MESSAGES)) expect(message).toMatch(/^[A-Z].*\.$/)
  })
})

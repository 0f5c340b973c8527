import { expect, it } from 'vitest'
import { type AttentionItem, attentionInWords } from './attention-words.ts'

const of = { apiKey: 'key_a/b', apiKeyName: 'Shop' }

it.each<[AttentionItem, string, string]>([
  [{ kind: 'turn_missing' }, 'TURN is not configured', '/health'],
  [{ kind: 'no_signing_key', ...of }, 'Shop has no active signing key', '/keys/key_a%2Fb/authentication'],
  [
    { kind: 'webhook_failing', ...of, endpointId: 'we_1', url: 'https://hooks.example/a' },
    'A webhook of Shop is failing',
    '/keys/key_a%2Fb/webhooks/we_1',
  ],
  [
    { kind: 'signing_key', ...of, keyId: 'kid_1', advice: 'rotate', retiresAt: null },
    'Rotate a secret: Shop',
    '/keys/key_a%2Fb/authentication',
  ],
])('%o is named and leads to its page', (item, title, to) => {
  expect(attentionInWords(item)).toMatchObject({ title, to })
})

it('a rise of refusals leads to the refusals of that reason, and says what is usual', () => {
  const spike = { kind: 'refusals_spike', ...of, code: 'token_expired', count: 1_200 } as const
  expect(attentionInWords({ ...spike, usual: 3.4 })).toMatchObject({
    detail: 'Shop: 1,200 in the last two hours. Usually there are about 3.',
    to: '/keys/key_a%2Fb/refusals',
    search: { code: 'token_expired' },
  })
  expect(attentionInWords({ ...spike, usual: 0.4 }).detail).toContain('almost none')
})

import { may } from '../../../account/caller.ts'
import { findAttention } from '../../../operations/needs-attention.ts'
import { isLoopback } from '../../../outbound/is-loopback.ts'
import type { ApiContext } from '../http/api-context.ts'
import { callerOf } from '../http/guard.ts'
import { type Api, answers } from '../http/route.ts'
import type { PlatformFacts } from '../schemas/platform-shapes.ts'
import { type AttentionItem, attentionSchema } from '../schemas/traffic-shapes.ts'

/** What needs attention: of the API keys that the caller can read, and of the platform for callers with a role for it. */
export function serveAttention(api: Api, { store, clock, operations, platform, publicUrl }: ApiContext): void {
  api.get(
    '/attention',
    {
      config: { guard: 'anybody' },
      schema: {
        tags: ['Platform'],
        summary: 'List what needs attention',
        description:
          'Looks at the hundred newest API keys. Each item is shown to those who have the right to read what it is about.',
        response: answers(200, attentionSchema),
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const apiKeys = (await store.listApiKeys()).filter(({ apiKey }) => may(caller, 'keys:read', apiKey))
      const { items, isComplete } = await findAttention({ ...operations, store, now: clock.now() }, apiKeys, {
        signingKeys: () => true,
        webhooks: (apiKey) => may(caller, 'webhooks:read', apiKey),
        refusals: (apiKey) => may(caller, 'refusals:read', apiKey),
      })
      const ofPlatform = may(caller, 'keys:read') ? judgePlatform(platform(), publicUrl()) : []
      return { items: [...ofPlatform, ...items], isComplete }
    },
  )
}

function judgePlatform({ store, media, demo }: PlatformFacts, publicUrl: string): readonly AttentionItem[] {
  const isHere = isLoopback(new URL(publicUrl).hostname)
  return [
    ...(store.health === 'ok' ? [] : [{ kind: 'store_unavailable' as const }]),
    ...(demo && !isHere ? [{ kind: 'demo_on' as const }] : []),
    ...(media.turn || isHere ? [] : [{ kind: 'turn_missing' as const }]),
  ]
}

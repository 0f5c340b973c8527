import type { ApiContext } from '../http/api-context.ts'
import { type Api, answers } from '../http/route.ts'
import { platformSchema } from '../schemas/platform-shapes.ts'

/** Information about the platform, for every account. */
export function servePlatform(api: Api, context: ApiContext): void {
  api.get(
    '/platform',
    {
      config: { guard: 'anybody' },
      schema: {
        tags: ['Platform'],
        summary: 'Look at the platform: its version, its store, how much goes on',
        response: answers(200, platformSchema),
      },
    },
    async () => ({
      ...context.platform(),
      publicUrl: context.publicUrl(),
      webhooksWaiting: await context.store.countWaitingDeliveries(),
      webhooksRetrying: await context.store.countRetryingDeliveries(),
    }),
  )
}

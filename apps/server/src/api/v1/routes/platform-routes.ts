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
        summary: 'Get the version, store and load of the platform',
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

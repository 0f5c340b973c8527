import type { Desk } from '../http/api-context.ts'
import { type Api, answers } from '../http/route.ts'
import { platformSchema } from '../schemas/platform-shapes.ts'

/** What runs here, for everybody who has an account. */
export function servePlatform(api: Api, desk: Desk): void {
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
      ...desk.platform(),
      publicUrl: desk.publicUrl(),
      webhooksWaiting: await desk.store.countWaitingDeliveries(),
    }),
  )
}

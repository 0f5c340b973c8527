import { z } from 'zod'
import { type Caller, may, roleFor } from '../../../account/caller.ts'
import type { Right } from '../../../account/role.ts'
import { ALL_API_KEYS, HOUR_SECONDS, KEEP_HOURS_SECONDS } from '../../../traffic/traffic-store.ts'
import type { ApiContext } from '../http/api-context.ts'
import { callerOf } from '../http/guard.ts'
import { faults } from '../http/problem-error.ts'
import { queryNumber } from '../http/query-number.ts'
import { type Api, answers } from '../http/route.ts'
import { countLive } from '../schemas/live-shapes.ts'
import { timeQuerySchema } from '../schemas/shapes.ts'
import { trafficSchema } from '../schemas/traffic-shapes.ts'
import { requireFewSteps } from './refusal-routes.ts'

const DAY = 86_400

/** Counts of registrations, refusals and sessions over time. */
export function serveTraffic(api: Api, { store, clock, operations }: ApiContext): void {
  /** The API keys whose counts a caller gets: the requested one, or all for which it has permission. */
  async function namesFor(caller: Caller, right: Right, key: string | undefined): Promise<readonly string[]> {
    if (key !== undefined) return may(caller, right, key) ? [key] : []
    // A caller that can read everything gets the stored totals: the peak is exact, and no row of an API key is read.
    if (may(caller, right)) return [ALL_API_KEYS]
    const names = (await store.listApiKeys()).map(({ apiKey }) => apiKey)
    return names.filter((apiKey) => may(caller, right, apiKey))
  }

  function countSessions(names: readonly string[]): number {
    if (names.includes(ALL_API_KEYS)) return operations.sessions.size
    return names.reduce((sum, name) => sum + countLive(operations, name).sessions, 0)
  }

  api.get(
    '/traffic',
    {
      config: { guard: 'anybody' },
      schema: {
        tags: ['Platform'],
        summary: 'Count admitted registrations, refusals and sessions by the hour, for 90 days',
        description:
          'Of one API key, or of all that you may read. Steps begin at whole multiples of their length, the first at or before `since`. Without the right `sessions:read` there are no registrations and sessions, and without `refusals:read` no refusals.',
        querystring: z.strictObject({
          key: z.string().min(1).max(256).optional().describe('An API key. Default: all that the account may read.'),
          since: timeQuerySchema.optional().describe('Seconds since 1970. Default: a day before `until`.'),
          until: timeQuerySchema.optional().describe('Seconds since 1970. Default: now.'),
          step: queryNumber(z.int().min(HOUR_SECONDS).max(KEEP_HOURS_SECONDS).multipleOf(HOUR_SECONDS))
            .default(HOUR_SECONDS)
            .describe('The length of a step in seconds: a multiple of 3,600.'),
        }),
        response: answers(200, trafficSchema),
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { key, step, until = clock.now(), since = until - DAY } = request.query
      if (key !== undefined && roleFor(caller.account, key) === undefined) throw faults.unknown('API key')
      const question = { since, until, step }
      requireFewSteps(question)
      const [ofSessions, ofRefusals] = [
        await namesFor(caller, 'sessions:read', key),
        await namesFor(caller, 'refusals:read', key),
      ]
      const sessions = await operations.traffic.read({ ...question, apiKeys: ofSessions })
      const isSame = ofSessions.join('\n') === ofRefusals.join('\n')
      const refused = isSame ? sessions : await operations.traffic.read({ ...question, apiKeys: ofRefusals })
      const steps = sessions.steps.map(({ at, admitted, peakSessions }, index) => {
        const { refusals = {} } = refused.steps[index] ?? {}
        const counts = Object.values(refusals).reduce((sum, count) => sum + count, 0)
        return { at, admitted, peakSessions, refused: counts, refusals }
      })
      return { steps, sessionsNow: countSessions(ofSessions), countedSince: sessions.countedSince }
    },
  )
}

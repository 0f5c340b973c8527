import { conversationNameSchema, PRINTABLE, publicationSchema, REFUSAL_CODES, userIdSchema } from '@stagedoor/protocol'
import { z } from 'zod'
import { may } from '../../../account/caller.ts'
import { explain } from '../../../operations/act.ts'
import { showRefusal } from '../../../operations/look.ts'
import { type CountQuestion, KEEP_COUNTS_SECONDS, MINUTE_SECONDS } from '../../../refusal-log/refusal-counts.ts'
import { REFUSAL_SORTS, type RefusalPlace, type RefusalSort } from '../../../refusal-log/refusal-store.ts'
import type { RefusalRecord } from '../../../refusal-log/report.ts'
import { HOUR_SECONDS, KEEP_HOURS_SECONDS } from '../../../traffic/traffic-store.ts'
import type { ApiContext } from '../http/api-context.ts'
import { callerOf } from '../http/guard.ts'
import { countedPageSchema, pageQuerySchema } from '../http/paging.ts'
import { faults, ProblemError } from '../http/problem-error.ts'
import { queryNumber } from '../http/query-number.ts'
import { type Api, answers } from '../http/route.ts'
import { sortSchema, storedPageOf } from '../http/sorted-page.ts'
import {
  completenessSchema,
  dryRunSchema,
  keyParamsSchema,
  refusalCountsSchema,
  refusalSchema,
  searchSchema,
  timeQuerySchema,
} from '../schemas/shapes.ts'

const tags = ['Refusals']
const MAX_TOKEN_TEXT = 16_384
/** The most steps in one response. */
export const MAX_STEPS = 1_440
const DEFAULT_STEP_SECONDS = 3_600
const idSchema = z.string().min(1).max(64)

const placeTextSchema = z.string().max(512).regex(PRINTABLE)

/** The position in a cursor: the sort value and the id of the last refusal, as in the store. */
const placeSchemaOf = (sort: RefusalSort) =>
  z.tuple([sort === 'userId' || sort === 'code' ? placeTextSchema : z.int(), placeTextSchema])

type RestOfPage = z.infer<typeof completenessSchema> & { readonly total: number }

/** Refusals, and dry runs. */
export function serveRefusals(api: Api, { operations, clock, platform }: ApiContext): void {
  const { refusals } = operations
  const show = (record: RefusalRecord) => {
    const { clockDifferenceSeconds = null, address = null, origin = null, userAgent = null } = record
    return { ...showRefusal(operations, record), clockDifferenceSeconds, address, origin, userAgent }
  }

  api.get(
    '/keys/:key/refusals',
    {
      config: { guard: 'refusals:read' },
      schema: {
        tags,
        summary: 'List refusals',
        description:
          'One that repeats (same user, reason and place, within an hour) is listed once and counted. `keptSince` and `discarded` say how complete the list is.',
        params: keyParamsSchema,
        querystring: pageQuerySchema.extend({
          code: z.enum(REFUSAL_CODES).optional(),
          userId: userIdSchema.optional(),
          search: searchSchema.optional(),
          origin: z.string().max(256).optional(),
          since: timeQuerySchema.optional(),
          until: timeQuerySchema.optional(),
          sort: sortSchema(REFUSAL_SORTS, '-lastAt'),
        }),
        response: answers(200, countedPageSchema(refusalSchema).extend(completenessSchema.shape)),
      },
    },
    async ({ params, query }) => {
      const { code, userId, search, origin, since, until } = query
      const sort = query.sort.replace(/^-/, '') as RefusalSort
      const selection = { apiKey: params.key, code, userId, search, origin, since, until }
      let rest: RestOfPage = { total: 0, keptSince: 0, discarded: null }
      const page = await storedPageOf<RefusalRecord, RefusalPlace>(
        {
          idSchema: placeSchemaOf(sort),
          async list(asked) {
            const found = await refusals.page({ ...selection, sort, isDescending: query.sort !== sort, ...asked })
            const { total, keptSince, discarded = null } = found
            rest = { total, keptSince, discarded }
            return found.refusals
          },
          idOf: (record) => refusals.placeOf(record, sort),
        },
        query,
      )
      return { items: page.items.map(show), nextCursor: page.nextCursor, ...rest }
    },
  )

  api.get(
    '/keys/:key/refusals/:refusalId',
    {
      config: { guard: 'refusals:read' },
      schema: {
        tags,
        summary: 'Get a refusal with its checks, clocks and client info',
        params: keyParamsSchema.extend({ refusalId: idSchema }),
        response: answers(200, refusalSchema),
      },
    },
    async ({ params }) => {
      const record = await refusals.find(params.refusalId)
      if (record?.apiKey !== params.key) throw faults.unknown('refusal (any more)')
      return show(record)
    },
  )

  api.get(
    '/refusals/:refusalId',
    {
      config: { guard: 'anybody' },
      schema: {
        tags,
        summary: 'Find a refusal by its id, in all API keys that you may read',
        params: z.object({ refusalId: idSchema }),
        response: answers(200, refusalSchema),
      },
    },
    async (request) => {
      const record = await refusals.find(request.params.refusalId)
      if (record === undefined || !may(callerOf(request), 'refusals:read', record.apiKey)) {
        throw faults.unknown('refusal (any more)')
      }
      return show(record)
    },
  )

  api.get(
    '/keys/:key/refusals/counts',
    {
      config: { guard: 'refusals:read' },
      schema: {
        tags,
        summary: 'Count refusals by code over time',
        description:
          'Steps begin at whole multiples of their length, the first at or before `since`. Steps of whole hours are counted for 90 days; shorter ones for 24 hours, in memory, since the platform was started. `countedSince` says from when on there are counts.',
        params: keyParamsSchema,
        querystring: z.strictObject({
          since: timeQuerySchema.optional().describe('Seconds since 1970. Default: a day before `until`.'),
          until: timeQuerySchema.optional().describe('Seconds since 1970. Default: now.'),
          step: queryNumber(z.int().min(MINUTE_SECONDS).max(KEEP_HOURS_SECONDS).multipleOf(MINUTE_SECONDS))
            .default(DEFAULT_STEP_SECONDS)
            .describe('The length of a step in seconds: a multiple of 60.'),
        }),
        response: answers(200, refusalCountsSchema),
      },
    },
    async ({ params, query }) => {
      const { step, until = clock.now() } = query
      const question = { since: query.since ?? until - KEEP_COUNTS_SECONDS, until, step }
      requireFewSteps(question)
      if (step % HOUR_SECONDS === 0) {
        const { steps, countedSince } = await operations.traffic.read({ apiKeys: [params.key], ...question })
        return { steps: steps.map(({ at, refusals }) => ({ at, counts: refusals })), countedSince }
      }
      return {
        steps: operations.refusalCounts.count(params.key, question),
        countedSince: Math.max(platform().startedAt, clock.now() - KEEP_COUNTS_SECONDS),
      }
    },
  )

  api.post(
    '/keys/:key/explain',
    {
      config: { guard: 'refusals:read' },
      schema: {
        tags,
        summary: 'Explain whether a token would admit a user, to a conversation, with these publications',
        description: 'Nothing is opened and nothing is used up.',
        params: keyParamsSchema,
        body: z.strictObject({
          id: userIdSchema,
          token: z.string().max(MAX_TOKEN_TEXT).optional(),
          origin: z.string().max(256).optional(),
          conversation: conversationNameSchema.optional(),
          publish: z.array(publicationSchema).max(8).default([]),
        }),
        response: answers(200, dryRunSchema),
      },
    },
    async ({ params, body }, reply) => {
      const {
        ok,
        sentence,
        code = null,
        permissions = null,
        checks,
      } = await explain(operations, {
        apiKey: params.key,
        ...body,
      })
      return reply.header('cache-control', 'no-store').send({ ok, sentence, code, permissions, checks })
    },
  )
}

export function requireFewSteps({ since, until, step }: CountQuestion): void {
  if (since < until && (until - since) / step <= MAX_STEPS) return
  throw new ProblemError(
    400,
    'malformed',
    `Ask for ${MAX_STEPS} steps at the most, from an earlier time to a later one.`,
  )
}

import { conversationNameSchema, publicationSchema, REFUSAL_CODES, userIdSchema } from '@stagedoor/protocol'
import { z } from 'zod'
import { may } from '../../../account/caller.ts'
import { explain } from '../../../operations/act.ts'
import { showRefusal } from '../../../operations/look.ts'
import { type CountQuestion, KEEP_COUNTS_SECONDS, MINUTE_SECONDS } from '../../../refusal-log/refusal-counts.ts'
import { MAX_REFUSALS_PER_API_KEY } from '../../../refusal-log/refusals.ts'
import type { RefusalRecord } from '../../../refusal-log/report.ts'
import type { ApiContext } from '../http/api-context.ts'
import { callerOf } from '../http/guard.ts'
import { countedPageSchema, pageQuerySchema } from '../http/paging.ts'
import { faults, ProblemError } from '../http/problem-error.ts'
import { queryNumber } from '../http/query-number.ts'
import { type Api, answers } from '../http/route.ts'
import { sortedPageOf, sortSchema } from '../http/sorted-page.ts'
import {
  dryRunSchema,
  keyParamsSchema,
  refusalCountsSchema,
  refusalSchema,
  searchSchema,
  timeQuerySchema,
} from '../schemas/shapes.ts'

const tags = ['Refusals']
const MAX_TOKEN_TEXT = 16_384
/** The most steps of one answer. */
export const MAX_STEPS = 1_440
const DEFAULT_STEP_SECONDS = 3_600
const idSchema = z.string().min(1).max(64)

const SORTED_BY = {
  lastAt: ({ lastAt }: RefusalRecord) => lastAt,
  firstAt: ({ firstAt }: RefusalRecord) => firstAt,
  count: ({ count }: RefusalRecord) => count,
  userId: ({ userId }: RefusalRecord) => userId.toLowerCase(),
  code: ({ code }: RefusalRecord) => code,
} as const

/** Why anyone was refused, and whether somebody would be. */
export function serveRefusals(api: Api, { operations, clock }: ApiContext): void {
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
        summary: 'List recent refusals',
        description: 'One that repeats (same user, reason and place, within an hour) is listed once and counted.',
        params: keyParamsSchema,
        querystring: pageQuerySchema.extend({
          code: z.enum(REFUSAL_CODES).optional(),
          userId: userIdSchema.optional(),
          search: searchSchema.optional(),
          origin: z.string().max(256).optional(),
          since: timeQuerySchema.optional(),
          until: timeQuerySchema.optional(),
          sort: sortSchema(['lastAt', 'firstAt', 'count', 'userId', 'code'], '-lastAt'),
        }),
        response: answers(200, countedPageSchema(refusalSchema)),
      },
    },
    async ({ params, query }) => {
      const { code, userId, search, origin, since, until } = query
      // Those whose signature held, and those beside them.
      const limit = 2 * MAX_REFUSALS_PER_API_KEY
      const filter = { apiKey: params.key, code, userId, search, since, until, limit }
      const found = refusals.list(filter).refusals.filter((record) => origin === undefined || record.origin === origin)
      const page = sortedPageOf(found, { by: SORTED_BY, idOf: ({ refusalId }) => refusalId }, query)
      return { ...page, items: page.items.map(show) }
    },
  )

  api.get(
    '/keys/:key/refusals/:refusalId',
    {
      config: { guard: 'refusals:read' },
      schema: {
        tags,
        summary: 'Find the refusal that a user reports: every check of it, the clocks, where from',
        params: keyParamsSchema.extend({ refusalId: idSchema }),
        response: answers(200, refusalSchema),
      },
    },
    async ({ params }) => {
      const record = refusals.find(params.refusalId)
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
        summary: 'Find the refusal that a user reports, of whichever API key you may read the refusals of',
        params: z.object({ refusalId: idSchema }),
        response: answers(200, refusalSchema),
      },
    },
    async (request) => {
      const record = refusals.find(request.params.refusalId)
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
        summary: 'Count the refusals of the last 24 hours by reason, step by step',
        description:
          'Steps begin at whole multiples of their length, the first at or before `since`. They are counted in memory, since the platform was started.',
        params: keyParamsSchema,
        querystring: z.strictObject({
          since: timeQuerySchema.optional().describe('Seconds since 1970. Default: a day before `until`.'),
          until: timeQuerySchema.optional().describe('Seconds since 1970. Default: now.'),
          step: queryNumber(z.int().min(MINUTE_SECONDS).max(KEEP_COUNTS_SECONDS).multipleOf(MINUTE_SECONDS))
            .default(DEFAULT_STEP_SECONDS)
            .describe('How long a step is, in seconds: whole minutes.'),
        }),
        response: answers(200, refusalCountsSchema),
      },
    },
    async ({ params, query }) => {
      const { step, until = clock.now() } = query
      const question = { since: query.since ?? until - KEEP_COUNTS_SECONDS, until, step }
      requireFewSteps(question)
      return { steps: operations.refusalCounts.count(params.key, question) }
    },
  )

  api.post(
    '/keys/:key/explain',
    {
      config: { guard: 'refusals:read' },
      schema: {
        tags,
        summary: 'A dry run: would this token let this user in, into that conversation, to publish that?',
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

function requireFewSteps({ since, until, step }: CountQuestion): void {
  if (since < until && (until - since) / step <= MAX_STEPS) return
  throw new ProblemError(
    400,
    'malformed',
    `Ask for ${MAX_STEPS} steps at the most, from an earlier time to a later one.`,
  )
}

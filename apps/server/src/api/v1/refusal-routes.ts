import { conversationNameSchema, publicationSchema, REFUSAL_CODES, userIdSchema } from '@stagedoor/protocol'
import { z } from 'zod'
import { explain } from '../../backstage/act.ts'
import { showRefusal } from '../../backstage/look.ts'
import { MAX_REFUSALS_PER_API_KEY } from '../../refusal/refusals.ts'
import type { RefusalRecord } from '../../refusal/report.ts'
import type { Desk } from './desk.ts'
import { faults } from './fault.ts'
import { pageOf, pageQuerySchema, pageSchema, placeInTime } from './paging.ts'
import { type Api, answers } from './route.ts'
import { keyParamsSchema, refusalSchema, rehearsalSchema } from './shapes.ts'

const tags = ['Refusals']
const MAX_TOKEN_TEXT = 16_384

/** Why anyone was refused, and whether somebody would be. */
export function serveRefusals(api: Api, { backstage }: Desk): void {
  const { refusals } = backstage
  const show = (record: RefusalRecord) => {
    const { clockDifferenceSeconds = null, address = null, origin = null, userAgent = null } = record
    return { ...showRefusal(backstage, record), clockDifferenceSeconds, address, origin, userAgent }
  }

  api.get(
    '/keys/:key/refusals',
    {
      config: { guard: 'refusals:read' },
      schema: {
        tags,
        summary: 'List the refusals of late, the latest first',
        description: 'One that repeats (same user, reason and place, within an hour) is listed once and counted.',
        params: keyParamsSchema,
        querystring: pageQuerySchema.extend({
          code: z.enum(REFUSAL_CODES).optional(),
          userId: userIdSchema.optional(),
          origin: z.string().max(256).optional(),
        }),
        response: answers(200, pageSchema(refusalSchema)),
      },
    },
    async ({ params, query }) => {
      const { code, userId, origin } = query
      const filter = { apiKey: params.key, code, userId, limit: MAX_REFUSALS_PER_API_KEY }
      const found = refusals.list(filter).refusals.filter((record) => origin === undefined || record.origin === origin)
      return pageOfLatest(found, query, show)
    },
  )

  api.get(
    '/keys/:key/refusals/:refusalId',
    {
      config: { guard: 'refusals:read' },
      schema: {
        tags,
        summary: 'Find the refusal that a user reports: every check of it, the clocks, where from',
        params: keyParamsSchema.extend({ refusalId: z.string().min(1).max(64) }),
        response: answers(200, refusalSchema),
      },
    },
    async ({ params }) => {
      const record = refusals.find(params.refusalId)
      if (record?.apiKey !== params.key) throw faults.unknown('refusal (any more)')
      return show(record)
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
        response: answers(200, rehearsalSchema),
      },
    },
    async ({ params, body }, reply) => {
      const {
        ok,
        sentence,
        code = null,
        permissions = null,
        checks,
      } = await explain(backstage, {
        apiKey: params.key,
        ...body,
      })
      return reply.header('cache-control', 'no-store').send({ ok, sentence, code, permissions, checks })
    },
  )
}

/** A page of what is listed the latest first: its place counts down. */
function pageOfLatest<T>(
  records: readonly RefusalRecord[],
  query: Parameters<typeof pageOf>[2],
  show: (record: RefusalRecord) => T,
) {
  const placed = records.map((record) => ({
    record,
    place: placeInTime(LAST_MILLISECOND - record.lastAt * 1_000, record.refusalId),
  }))
  const { items, nextCursor } = pageOf(placed, ({ place }) => place, query)
  return { items: items.map(({ record }) => show(record)), nextCursor }
}

// The last that a place in time has digits for, as milliseconds: in the year 33658.
const LAST_MILLISECOND = 999_999_999_999_999

import { PRINTABLE } from '@stagedoor/protocol'
import { z } from 'zod'
import type { AuditFilter } from '../../../events/audit.ts'
import type { ApiContext } from '../http/api-context.ts'
import { pageQuerySchema, pageSchema } from '../http/paging.ts'
import { type Api, answers } from '../http/route.ts'
import { sortSchema, storedPageOf } from '../http/sorted-page.ts'
import { auditEntrySchema, keyParamsSchema, timeQuerySchema } from '../schemas/shapes.ts'
import { showAuditEntry } from '../schemas/show.ts'

const tags = ['Audit']
const nameSchema = z.string().min(1).max(256).regex(PRINTABLE)
const querySchema = pageQuerySchema.extend({
  action: z
    .string()
    .max(64)
    .regex(/^[a-z_]+(\.[a-z_]*)*$/)
    .optional()
    .describe('For example `session.closed`, or `session.` for every type with that prefix.'),
  actor: nameSchema.optional().describe('The id or the email address of the account that did it.'),
  subject: nameSchema.optional().describe('The object of the action.'),
  since: timeQuerySchema.optional(),
  until: timeQuerySchema.optional(),
  sort: sortSchema(['at'], '-at').describe('Ordered by time. With `-`: the newest first.'),
})
const response = answers(200, pageSchema(auditEntrySchema))

/** The audit log: who changed what, and who logged in. */
export function serveAudit(api: Api, { store }: ApiContext): void {
  async function page(query: z.infer<typeof querySchema>, whose: Pick<AuditFilter, 'apiKey'>) {
    const { action, actor, subject, since, until, sort } = query
    const filter = { action, actor, subject, since, until, ...whose }
    const { items, nextCursor } = await storedPageOf(
      {
        idSchema: z.int(),
        list: ({ after, limit }) =>
          store.listAudit({
            ...filter,
            ...(sort === 'at' ? { earliestFirst: true, afterId: after } : { beforeId: after }),
            limit,
          }),
        idOf: ({ auditId }) => auditId,
      },
      query,
    )
    return { items: items.map(showAuditEntry), nextCursor }
  }

  api.get(
    '/audit',
    {
      config: { guard: 'audit:read' },
      schema: { tags, summary: 'List the audit log of the platform', querystring: querySchema, response },
    },
    ({ query }) => page(query, {}),
  )

  api.get(
    '/keys/:key/audit',
    {
      config: { guard: 'audit:read' },
      schema: {
        tags,
        summary: 'List the audit log of an API key',
        params: keyParamsSchema,
        querystring: querySchema,
        response,
      },
    },
    ({ query, params }) => page(query, { apiKey: params.key }),
  )
}

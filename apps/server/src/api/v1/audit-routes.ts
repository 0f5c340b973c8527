import { z } from 'zod'
import type { AuditFilter } from '../../events/audit.ts'
import type { Desk } from './desk.ts'
import { Fault } from './fault.ts'
import { pageQuerySchema, pageSchema, readCursor, writeCursor } from './paging.ts'
import { type Api, answers } from './route.ts'
import { auditEntrySchema, keyParamsSchema, PRINTABLE, timeQuerySchema } from './shapes.ts'
import { showAuditEntry } from './show.ts'

const tags = ['Audit']
const nameSchema = z.string().min(1).max(256).regex(PRINTABLE)
const querySchema = pageQuerySchema.extend({
  action: z
    .string()
    .max(64)
    .regex(/^[a-z_]+(\.[a-z_]*)*$/)
    .optional()
    .describe('Such as `session.closed`; or `session.` for all that begins with it.'),
  actor: nameSchema.optional().describe('The id of the account that did it, or its email address.'),
  subject: nameSchema.optional().describe('What it was done to.'),
  since: timeQuerySchema.optional(),
  until: timeQuerySchema.optional(),
})
const response = answers(200, pageSchema(auditEntrySchema))

/** Who changed what, and who logged in: the latest first. */
export function serveAudit(api: Api, { store }: Desk): void {
  async function page({ limit, cursor, ...asked }: z.infer<typeof querySchema>, whose: Pick<AuditFilter, 'apiKey'>) {
    const beforeId = cursor === undefined ? undefined : readId(cursor)
    const found = await store.listAudit({ ...asked, ...whose, beforeId, limit: limit + 1 })
    const items = found.slice(0, limit)
    const last = items.at(-1)
    const nextCursor = found.length > limit && last !== undefined ? writeCursor(String(last.auditId)) : null
    return { items: items.map(showAuditEntry), nextCursor }
  }

  api.get(
    '/audit',
    {
      config: { guard: 'audit:read' },
      schema: { tags, summary: 'The whole audit trail', querystring: querySchema, response },
    },
    ({ query }) => page(query, {}),
  )

  api.get(
    '/keys/:key/audit',
    {
      config: { guard: 'audit:read' },
      schema: {
        tags,
        summary: 'The audit trail of an API key',
        params: keyParamsSchema,
        querystring: querySchema,
        response,
      },
    },
    ({ query, params }) => page(query, { apiKey: params.key }),
  )
}

function readId(cursor: string): number {
  const id = Number(readCursor(cursor))
  if (Number.isSafeInteger(id)) return id
  throw new Fault(400, 'malformed', 'This cursor is none that this API has given.')
}

import type { AuditFilter } from '../../events/audit.ts'
import type { Desk } from './desk.ts'
import { Fault } from './fault.ts'
import { type PageQuery, pageQuerySchema, pageSchema, readCursor, writeCursor } from './paging.ts'
import { type Api, answers } from './route.ts'
import { auditEntrySchema, keyParamsSchema } from './shapes.ts'
import { showAuditEntry } from './show.ts'

const tags = ['Audit']
const response = answers(200, pageSchema(auditEntrySchema))

/** Who changed what, and who logged in: the latest first. */
export function serveAudit(api: Api, { store }: Desk): void {
  async function page({ limit, cursor }: PageQuery, filter: Pick<AuditFilter, 'apiKey'>) {
    const beforeId = cursor === undefined ? undefined : readId(cursor)
    const found = await store.listAudit({ ...filter, beforeId, limit: limit + 1 })
    const items = found.slice(0, limit)
    const last = items.at(-1)
    const nextCursor = found.length > limit && last !== undefined ? writeCursor(String(last.auditId)) : null
    return { items: items.map(showAuditEntry), nextCursor }
  }

  api.get(
    '/audit',
    {
      config: { guard: 'audit:read' },
      schema: { tags, summary: 'The whole audit trail', querystring: pageQuerySchema, response },
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
        querystring: pageQuerySchema,
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

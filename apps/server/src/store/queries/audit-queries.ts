import { type Kysely, sql } from 'kysely'
import type { AuditEntry, AuditTrail, KeptAuditEntry } from '../../events/audit.ts'
import { changeUncounted } from '../changes.ts'
import type { AuditRow, Tables } from '../tables.ts'

/** The queries of the audit log; none of them changes or deletes entries. */
export function auditQueries(db: Kysely<Tables>): AuditTrail {
  return {
    async appendAudit(entry) {
      await changeUncounted(db, async (transaction) => {
        const { last } = await transaction
          .selectFrom('audit')
          .select(({ fn }) => fn.max('audit_id').as('last'))
          .executeTakeFirstOrThrow()
        await transaction
          .insertInto('audit')
          .values(writeEntry((last ?? 0) + 1, entry))
          .execute()
      })
    },

    async listAudit({ apiKey, action, actor, subject, since, until, earliestFirst = false, beforeId, afterId, limit }) {
      let query = db
        .selectFrom('audit')
        .selectAll()
        .orderBy('audit_id', earliestFirst ? 'asc' : 'desc')
        .limit(limit)
      if (apiKey !== undefined) query = query.where('api_key', '=', apiKey)
      if (action?.endsWith('.')) query = query.where(sql`substr(action, 1, ${sql.lit(action.length)})`, '=', action)
      else if (action !== undefined) query = query.where('action', '=', action)
      if (actor !== undefined)
        query = query.where((is) => is.or([is('actor_id', '=', actor), is('actor_name', '=', actor)]))
      if (subject !== undefined) query = query.where('subject', '=', subject)
      if (since !== undefined) query = query.where('at', '>=', Math.ceil(since))
      if (until !== undefined) query = query.where('at', '<', Math.ceil(until))
      if (beforeId !== undefined) query = query.where('audit_id', '<', beforeId)
      if (afterId !== undefined) query = query.where('audit_id', '>', afterId)
      return (await query.execute()).map(readEntry)
    },
  }
}

function writeEntry(
  auditId: number,
  { at, actor, address, action, apiKey, subject, before, after }: AuditEntry,
): AuditRow {
  return {
    audit_id: auditId,
    at: Math.floor(at),
    actor_kind: actor.kind,
    actor_id: actor.id ?? null,
    actor_name: actor.name ?? null,
    address: address ?? null,
    action,
    api_key: apiKey ?? null,
    subject: subject ?? null,
    before: before === undefined ? null : JSON.stringify(before),
    after: after === undefined ? null : JSON.stringify(after),
  }
}

function readEntry(row: AuditRow): KeptAuditEntry {
  return {
    auditId: row.audit_id,
    at: row.at,
    actor: { kind: row.actor_kind, id: row.actor_id ?? undefined, name: row.actor_name ?? undefined },
    address: row.address ?? undefined,
    action: row.action,
    apiKey: row.api_key ?? undefined,
    subject: row.subject ?? undefined,
    before: row.before === null ? undefined : JSON.parse(row.before),
    after: row.after === null ? undefined : JSON.parse(row.after),
  }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../open.ts'

it.each([
  ['pending', sql`state = 'pending' AND tries = 0`, 'webhook_delivery_unattempted'],
  ['retrying', sql`state = 'pending' AND tries > 0`, 'webhook_delivery_retrying'],
] as const)(
  'deliveries that are %s are listed by an index of their own, without sorting',
  async (_state, where, index) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'stagedoor-'))
    const { store } = await openStore({ dataFolder, databaseUrl: undefined })
    onTestFinished(async () => {
      await store.close()
      rmSync(dataFolder, { recursive: true })
    })
    const { rows } = await sql<{ detail: string }>`EXPLAIN QUERY PLAN SELECT * FROM webhook_delivery
    WHERE endpoint_id = 'a' AND ${where} ORDER BY delivery_id DESC LIMIT 5`.execute(store.db)
    expect(rows.map(({ detail }) => detail)).toEqual([expect.stringContaining(`USING INDEX ${index} `)])
  },
)

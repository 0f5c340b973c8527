import type { Pool } from 'pg'
import { describe, expect, it } from 'vitest'
import { StoreDownError } from '../keyring/store-down.ts'
import { toldPool } from './postgres-failures.ts'

/** A pool whose queries all fail in one way; it tells what was done with the connection. */
function failing(error: Error) {
  const released: unknown[] = []
  const client = { query: () => Promise.reject(error), release: (destroy: unknown) => released.push(destroy) }
  const pool = { connect: async () => client, end: async () => {} } as unknown as Pool
  return { pool: toldPool(pool, 'shop at db:5432'), released }
}

async function ask(error: Error, text: string) {
  const { pool, released } = failing(error)
  const client = await pool.connect()
  const told: unknown = await client.query(text, []).catch((reason: unknown) => reason)
  client.release()
  return { told, released }
}

const coded = (code: string) => Object.assign(new Error('as the driver says'), { code })

describe('a failure of PostgreSQL', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', '57P01', '57P03', '08006', '53300', '25006'])(
    'with the code %s is told as a store that is down, and its connection is not used again',
    async (code) => {
      const { told, released } = await ask(coded(code), 'select 1')
      expect(told).toBeInstanceOf(StoreDownError)
      expect(String(told)).toContain(`shop at db:5432 cannot be reached (${code}). Nothing was changed.`)
      expect(released).toEqual([true])
    },
  )

  it('that comes while it commits leaves open whether the change was made', async () => {
    const { told } = await ask(new Error('Connection terminated unexpectedly'), 'commit')
    expect(String(told)).toContain('Look whether the change was made')
  })

  it('that is no failure of the connection stays what it is', async () => {
    const error = coded('23505')
    expect(await ask(error, 'insert')).toEqual({ told: error, released: [undefined] })
  })
})

import type { Pool } from 'pg'
import { describe, expect, it } from 'vitest'
import { StoreDownError } from '../../store-down.ts'
import { poolWithExplainedErrors } from './failures.ts'

/** A pool whose queries all fail in one way; it reports what was done with the connection. */
function failing(error: Error) {
  const released: unknown[] = []
  const client = { query: () => Promise.reject(error), release: (destroy: unknown) => released.push(destroy) }
  const pool = { connect: async () => client, end: async () => {} } as unknown as Pool
  return { pool: poolWithExplainedErrors(pool, 'shop at db:5432'), released }
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
  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', '57P01', '57P03', '08006', '53200', '53300'])(
    'with the code %s is reported as a store that is down, and its connection is not reused',
    async (code) => {
      const { told, released } = await ask(coded(code), 'select 1')
      expect(told).toBeInstanceOf(StoreDownError)
      expect(String(told)).toContain(`shop at db:5432 cannot be reached (${code}). Nothing was changed.`)
      expect(released).toEqual([true])
    },
  )

  it.each([
    ['25006', 'it is read-only', 'Connect to the primary'],
    ['53100', 'its disk is full', 'Free space'],
    ['58030', 'its disk has failed', 'log of the database server'],
    ['XX001', 'damaged', 'restore a backup'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'not signed by a trusted authority', 'sslrootcert='],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'not signed by a trusted authority', 'sslrootcert='],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'for another host', 'Connect by a name'],
    ['CERT_HAS_EXPIRED', 'has expired', 'Renew it'],
  ])('with the code %s says that %s, and what to do: %s', async (code, cause, remedy) => {
    const { told, released } = await ask(coded(code), 'select 1')
    expect(told).toBeInstanceOf(StoreDownError)
    expect(String(told)).toMatch(`The database shop at db:5432 cannot be used: `)
    expect(String(told)).toMatch(/\. Nothing was changed\.$/)
    for (const words of [cause, remedy]) expect(String(told)).toContain(words)
    expect(released).toEqual([true])
  })

  it('explains which side requires or lacks TLS, and what to do', async () => {
    const { told } = await ask(new Error('The server does not support SSL connections'), 'select 1')
    expect(String(told)).toContain('cannot be used: it does not support TLS. Enable it there (ssl = on), or remove')
    const unencrypted = Object.assign(new Error('no pg_hba.conf entry for host "::1", no encryption'), {
      code: '28000',
    })
    expect(String((await ask(unencrypted, 'select 1')).told)).toMatch(/Add \?sslmode=verify-full to the URL$/)
  })

  it('during a commit leaves open whether the change was made', async () => {
    const { told } = await ask(new Error('Connection terminated unexpectedly'), 'commit')
    expect(String(told)).toContain('Check whether the change was made')
  })

  it('stays unchanged if the connection is not at fault', async () => {
    const error = coded('23505')
    expect(await ask(error, 'insert')).toEqual({ told: error, released: [undefined] })
  })
})

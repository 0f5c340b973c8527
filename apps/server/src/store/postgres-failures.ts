import type { PostgresPool, PostgresQueryResult } from 'kysely'
import type { Pool } from 'pg'
import { StoreDownError } from '../keyring/store-down.ts'

// What Node.js calls a connection that cannot be made or is cut off.
const CUT_OFF = new Set(
  'ECONNREFUSED ECONNRESET ECONNABORTED ENOTFOUND EAI_AGAIN ENOENT EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH'.split(' '),
)
// Errors of the driver that have no code but these words.
const CUT_OFF_WORDS = /Connection terminated|timeout exceeded when trying to connect|Query read timeout|not queryable/
// https://www.postgresql.org/docs/current/errcodes-appendix.html: connection exceptions, shutting down or starting up,
// too many connections, a server that reads only.
const SERVER_DOWN = /^(08...|57P0[1-5]|53300|25006)$/
// No such user or password, no such database, no right to.
const SERVER_REFUSES = /^(28...|3D000|42501)$/

// A server that goes while it commits may have done so without being able to say it.
const PERHAPS_CHANGED = 'Look whether the change was made before you repeat it.'

/** A pool whose failures to reach the server are a `StoreDownError`; others stay what they are. */
export function toldPool(pool: Pool, place: string): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect().catch((error) => tell(error))
      let broken = false
      return {
        query: async <R>(text: unknown, parameters?: readonly unknown[]) => {
          try {
            return (await client.query(text as string, parameters as unknown[])) as unknown as PostgresQueryResult<R>
          } catch (error) {
            broken ||= isDown(error)
            return tell(error, text === 'commit' ? PERHAPS_CHANGED : undefined)
          }
        },
        release: (destroy) => client.release(broken || destroy),
      } as Awaited<ReturnType<PostgresPool['connect']>>
    },
    end: () => pool.end(),
  }

  function tell(error: unknown, outcome = 'Nothing was changed.'): never {
    const { code = '', message } = error as { code?: string; message: string }
    if (SERVER_REFUSES.test(code)) {
      throw new StoreDownError(`The database ${place} lets nobody in: ${message}`, { cause: error })
    }
    if (!isDown(error)) throw error
    throw new StoreDownError(`The database ${place} cannot be reached (${code || message}). ${outcome}`, {
      cause: error,
    })
  }
}

function isDown(error: unknown): boolean {
  const { code = '', message } = error as { code?: string; message: string }
  return CUT_OFF.has(code) || SERVER_DOWN.test(code) || CUT_OFF_WORDS.test(message)
}

import type { PostgresPool, PostgresQueryResult } from 'kysely'
import type { Pool } from 'pg'
import { StoreDownError } from '../../store-down.ts'

// Node.js error codes for connections that cannot be opened or are cut off.
const CUT_OFF = new Set(
  'ECONNREFUSED ECONNRESET ECONNABORTED ENOTFOUND EAI_AGAIN ENOENT EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH'.split(' '),
)
// Driver errors that have no code, only these messages.
const CUT_OFF_WORDS = /Connection terminated|timeout exceeded when trying to connect|Query read timeout|not queryable/
// https://www.postgresql.org/docs/current/errcodes-appendix.html: connection exceptions, shutting down or starting up,
// too many connections, out of memory.
const SERVER_DOWN = /^(08...|57P0[1-5]|53[23]00)$/
// Unknown user or wrong password, unknown database, missing permission.
const SERVER_REFUSES = /^(28...|3D000|42501)$/

/** Why a reachable server cannot be used, and what to do, by the code of the failure. */
const CAUSES: Readonly<Record<string, string>> = {
  '25006':
    'it is read-only. Connect to the primary, not to a standby, and check that default_transaction_read_only is off',
  '53100': 'its disk is full. Free space on the database server. The platform then recovers by itself',
  '58030': 'its disk has failed. Check the log of the database server',
  XX001: 'its data are damaged. Check the log of the database server, and restore a backup',
  XX002: 'an index is damaged. Check the log of the database server, and run REINDEX',
  ...fromCodes(
    'DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT ' +
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'its certificate is not signed by a trusted authority. Name the certificate of the authority in the URL: ' +
      '?sslmode=verify-full&sslrootcert=/path/to/ca.pem',
  ),
  ERR_TLS_CERT_ALTNAME_INVALID:
    'its certificate is for another host. Connect by a name in the certificate, or get a certificate for this name',
  CERT_HAS_EXPIRED: 'its certificate has expired. Renew it on the database server',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet. Compare the clocks of both machines',
}
// A driver error without a code.
const NO_TLS = 'The server does not support SSL connections'
const NO_TLS_CAUSE = 'it does not support TLS. Enable it there (ssl = on), or remove sslmode from the URL'
// The server's message if its pg_hba.conf requires TLS.
const WANTS_TLS = /no encryption/

function fromCodes(codes: string, cause: string): Record<string, string> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, cause]))
}

// A server that goes down during a commit may have committed without reporting it.
const PERHAPS_CHANGED = 'Check whether the change was made before you repeat it.'

/** A pool that reports failures to reach the server as `StoreDownError`; other errors stay unchanged. */
export function poolWithExplainedErrors(
  pool: Pool,
  place: string,
  onDown: (error: StoreDownError) => void = () => {},
): PostgresPool {
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
    const told = translate(error, outcome)
    if (told instanceof StoreDownError) onDown(told)
    throw told
  }

  function translate(error: unknown, outcome: string): unknown {
    const { code = '', message } = error as { code?: string; message: string }
    if (SERVER_REFUSES.test(code)) {
      const advice = WANTS_TLS.test(message) ? '. Add ?sslmode=verify-full to the URL' : ''
      return new StoreDownError(`The database ${place} refused the connection: ${message}${advice}`, { cause: error })
    }
    const cause = causeOf(error)
    if (cause !== undefined) {
      return new StoreDownError(`The database ${place} cannot be used: ${cause}. ${outcome}`, { cause: error })
    }
    if (!isDown(error)) return error
    return new StoreDownError(`The database ${place} cannot be reached (${code || message}). ${outcome}`, {
      cause: error,
    })
  }
}

function causeOf(error: unknown): string | undefined {
  const { code = '', message } = error as { code?: string; message: string }
  return message === NO_TLS ? NO_TLS_CAUSE : CAUSES[code]
}

function isDown(error: unknown): boolean {
  const { code = '', message } = error as { code?: string; message: string }
  return causeOf(error) !== undefined || CUT_OFF.has(code) || SERVER_DOWN.test(code) || CUT_OFF_WORDS.test(message)
}

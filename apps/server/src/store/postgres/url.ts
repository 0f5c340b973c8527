import { readFileSync } from 'node:fs'
import { Client } from 'pg'
import { StoreDownError } from '../../store-down.ts'

/** The location of a PostgreSQL database, without the password. */
export interface DatabaseAddress {
  readonly user: string
  readonly host: string
  readonly port: number
  readonly database: string
}

// This driver treats these as `verify-full`, unlike libpq: a certificate that anyone can create proves nothing.
const VERIFIED_MODES = ['prefer', 'require', 'verify-ca', 'verify-full']
const SSL_MODES = ['disable', ...VERIFIED_MODES, 'no-verify']
const CERTIFICATE_FILES = ['sslrootcert', 'sslcert', 'sslkey']

const FORM =
  'STAGEDOOR_DATABASE_URL must look like postgresql://user:password@host:5432/database. ' +
  'Percent-encode @, /, ?, # and % in the user and the password (@ is %40, / is %2F, ? is %3F, # is %23, % is %25).'

/**
 * Reads the URL of a PostgreSQL database. With an unencoded special character, part of the password could be read as the host or the
 * database and then be shown, so ambiguous URLs are refused.
 *
 * @throws {StoreDownError} if it is invalid, or names an unknown TLS mode or a missing file. No message contains any part of the user or
 * the password.
 */
export function readDatabaseUrl(url: string): DatabaseAddress & { readonly connectionString: string } {
  const settings = readSettings(url)
  const sslMode = settings.get('sslmode')
  if (sslMode !== null && !SSL_MODES.includes(sslMode)) {
    throw new StoreDownError(`STAGEDOOR_DATABASE_URL: sslmode must be one of ${SSL_MODES.join(', ')}.`)
  }
  for (const name of CERTIFICATE_FILES) {
    const path = settings.get(name)
    if (path !== null) requireReadable(path, name)
  }
  // The driver does this by default, with a warning on the console.
  const connectionString = VERIFIED_MODES.includes(sslMode ?? '')
    ? url.replace(/([?&]sslmode=)[^&]*/, '$1verify-full')
    : url
  try {
    const { host, port, database = '', user = '' } = new Client({ connectionString })
    return { connectionString, user, host, port, database: database || user || 'the default database' }
  } catch {
    // The driver's own error may contain the URL, and so the password.
    throw new StoreDownError(FORM)
  }
}

function requireReadable(path: string, name: string): void {
  try {
    readFileSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StoreDownError(
      `STAGEDOOR_DATABASE_URL: ${name} names a file that cannot be read: ${path} (${code}). ` +
        'Use the absolute path of a PEM file that the platform can read.',
      { cause: error },
    )
  }
}

function readSettings(url: string): URLSearchParams {
  const [, authority = '', rest = ''] = /^postgres(?:ql)?:\/\/([^/?#]*)(.*)$/s.exec(url) ?? []
  const isPlain = authority.split('@').length <= 2 && !/[@#]/.test(rest) && !/%(?![\da-f]{2})/i.test(url)
  if (!/^postgres(ql)?:\/\//.test(url) || !isPlain || !URL.canParse(url.replace('@/', '@host/'))) {
    throw new StoreDownError(FORM)
  }
  return new URLSearchParams(/\?(.*)$/s.exec(rest)?.[1] ?? '')
}

import { Buffer } from 'node:buffer'
import { createHash, createSecretKey, type KeyObject, randomBytes, scrypt } from 'node:crypto'
import { decrypt, encrypt } from './encrypt.ts'
import { MasterKeyError, parseMasterKeys, writeOut } from './master-key.ts'
import type { MasterKeys } from './seal.ts'

/** The minimum length of a passphrase for a master key, in characters: anyone with the file can guess offline. */
export const MIN_PASSPHRASE_LENGTH = 12

// RFC 7914, with the cost that OWASP recommends for passwords: 128 MiB and about half a second per guess.
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 160 * 1024 * 1024 }
const KEY_BYTES = 32
const SALT_BYTES = 16
const NAME = 'stagedoor-master-key'
const HEADER = `${NAME} v1 scrypt-${COST.N}-${COST.r}-${COST.p} aes-256-gcm`

/** Encrypts master keys with a passphrase, as the text of a file: a header with the version, the bytes, and their SHA-256. */
export async function lockMasterKeys(keys: MasterKeys, passphrase: string): Promise<string> {
  if (passphrase.length < MIN_PASSPHRASE_LENGTH) {
    throw new MasterKeyError(
      `The passphrase must have at least ${MIN_PASSPHRASE_LENGTH} characters. A sentence works well.`,
    )
  }
  const salt = randomBytes(SALT_BYTES)
  const sealed = encrypt(await stretch(passphrase, salt), writeOut(keys), HEADER)
  const body = Buffer.concat([salt, sealed]).toString('base64url')
  return `${HEADER}\n${body}\n${hash(body)}\n`
}

/**
 * Decrypts the output of {@link lockMasterKeys}.
 *
 * @param source the origin of the text, for the error.
 * @throws {MasterKeyError} if it is not such a text, is of a newer version, is damaged, or has another passphrase.
 */
export async function unlockMasterKeys(text: string, passphrase: string, source: string): Promise<MasterKeys> {
  const [header = '', body = '', sum = ''] = text.trimEnd().split(/\r?\n/)
  if (!header.startsWith(`${NAME} `)) throw new MasterKeyError(`${source} is not the backup of a master key`)
  if (header !== HEADER) {
    throw new MasterKeyError(
      `${source} was written by another version of Stagedoor (${header.slice(0, 80)}). Upgrade this one.`,
    )
  }
  if (hash(body) !== sum)
    throw new MasterKeyError(`${source} is damaged: its checksum does not match. Use another copy.`)
  const bytes = Buffer.from(body, 'base64url')
  const key = await stretch(passphrase, bytes.subarray(0, SALT_BYTES))
  const keys = decrypt(key, bytes.subarray(SALT_BYTES), HEADER)
  if (keys === undefined)
    throw new MasterKeyError(
      `The passphrase does not decrypt ${source}. Use the passphrase that it was backed up with.`,
    )
  return parseMasterKeys(keys, source)
}

function stretch(passphrase: string, salt: Uint8Array): Promise<KeyObject> {
  return new Promise((done, fail) => {
    // Normalized, so that the result does not depend on the keyboard.
    scrypt(passphrase.normalize('NFKC'), salt, KEY_BYTES, COST, (error, key) => {
      if (error === null) done(createSecretKey(key))
      else fail(error)
    })
  })
}

function hash(body: string): string {
  return createHash('sha256').update(`${HEADER}\n${body}`).digest('hex')
}

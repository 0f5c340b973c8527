import { describe, expect, it } from 'vitest'
import { lockMasterKeys, MIN_PASSPHRASE_LENGTH, unlockMasterKeys } from './lock-master-key.ts'
import { generateMasterKey, MasterKeyError, writeOut } from './master-key.ts'
import type { MasterKeys } from './seal.ts'

const PASSPHRASE = 'x'.repeat(MIN_PASSPHRASE_LENGTH)
const keys: MasterKeys = [generateMasterKey(), generateMasterKey()]

async function refusalOf(run: Promise<unknown>): Promise<string> {
  const error = await run.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(MasterKeyError)
  return (error as Error).message
}

describe('master keys under a passphrase', () => {
  it('are decrypted as they were, and the file contains none of them', async () => {
    const text = await lockMasterKeys(keys, PASSPHRASE)
    expect(writeOut(await unlockMasterKeys(text, PASSPHRASE, 'the file'))).toBe(writeOut(keys))
    for (const line of writeOut(keys).trim().split('\n')) expect(text).not.toContain(line)
    expect(await lockMasterKeys(keys, PASSPHRASE)).not.toBe(text)
  })

  it('do not depend on Unicode normalization or line ends', async () => {
    const text = await lockMasterKeys(keys, 'twelve signs \u00e9')
    const unlocked = await unlockMasterKeys(text.replaceAll('\n', '\r\n'), 'twelve signs e\u0301', 'the file')
    expect(writeOut(unlocked)).toBe(writeOut(keys))
  })

  it(`need a passphrase of ${MIN_PASSPHRASE_LENGTH} characters`, async () => {
    expect(await refusalOf(lockMasterKeys(keys, PASSPHRASE.slice(1)))).toContain(`${MIN_PASSPHRASE_LENGTH} characters`)
  })

  it('distinguish a wrong passphrase from a damaged file, another version and another file', async () => {
    const text = await lockMasterKeys(keys, PASSPHRASE)
    const [header = '', body = '', sum = ''] = text.trim().split('\n')
    const other = `${body.startsWith('A') ? 'B' : 'A'}${body.slice(1)}`
    for (const [given, passphrase, words] of [
      [text, `${PASSPHRASE}y`, 'The passphrase does not decrypt the file'],
      [[header, other, sum].join('\n'), PASSPHRASE, 'is damaged'],
      [[header, body].join('\n'), PASSPHRASE, 'is damaged'],
      [text.slice(0, -2), PASSPHRASE, 'is damaged'],
      [text.replace(' v1 ', ' v2 '), PASSPHRASE, 'another version of Stagedoor'],
      ['', PASSPHRASE, 'is not the backup of a master key'],
      ['SQLite format 3\0', PASSPHRASE, 'is not the backup of a master key'],
    ] as const) {
      expect(await refusalOf(unlockMasterKeys(given, passphrase, 'the file'))).toContain(words)
    }
  })
})

import { chmodSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../store/store.fixture.ts'
import { MasterKeyError, readMasterKey } from './master-key.ts'

describe('the master key', () => {
  it('is made at first and is the same ever after', () => {
    const folder = temporaryFolder()
    expect(readMasterKey(folder, undefined).equals(readMasterKey(folder, undefined))).toBe(true)
    expect(readdirSync(folder)).toEqual(['master.key'])
  })

  it('can be read by its owner alone', () => {
    const folder = temporaryFolder()
    readMasterKey(folder, undefined)
    const path = join(folder, 'master.key')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    chmodSync(path, 0o640)
    expect(() => readMasterKey(folder, undefined)).toThrow(`chmod 600 ${path}`)
  })

  it('may come from the environment, and must then have 32 bytes', () => {
    const folder = temporaryFolder()
    expect(readMasterKey(folder, 'A'.repeat(43)).symmetricKeySize).toBe(32)
    expect(() => readMasterKey(folder, 'A'.repeat(42))).toThrow(MasterKeyError)
    expect(readdirSync(folder)).toEqual([])
  })
})

import { chmodSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../store/store.fixture.ts'
import { MasterKeyError, makeMasterKey, readMasterKeys, writeMasterKeys } from './master-key.ts'

describe('the master key', () => {
  it('is created once and stays the same', () => {
    const folder = temporaryFolder()
    makeMasterKey(folder)
    const [made] = readMasterKeys(folder, undefined)
    makeMasterKey(folder)
    expect(readMasterKeys(folder, undefined)[0].equals(made)).toBe(true)
    expect(readdirSync(folder)).toEqual(['master.key'])
  })

  it('can be read by its owner only', () => {
    const folder = temporaryFolder()
    makeMasterKey(folder)
    const path = join(folder, 'master.key')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    chmodSync(path, 0o640)
    expect(() => readMasterKeys(folder, undefined)).toThrow(`chmod 600 ${path}`)
    // As in a Kubernetes volume, where the mode cannot be changed.
    chmodSync(path, 0o440)
    expect(() => readMasterKeys(folder, undefined)).toThrow(/\(mode 0440\).*STAGEDOOR_MASTER_KEY from a secret instead/)
  })

  it('can come from the environment, and must then have 32 bytes', () => {
    const folder = temporaryFolder()
    expect(readMasterKeys(folder, 'A'.repeat(43))[0].symmetricKeySize).toBe(32)
    expect(() => readMasterKeys(folder, 'A'.repeat(42))).toThrow(MasterKeyError)
    expect(readdirSync(folder)).toEqual([])
  })

  it('can be several keys, in the environment and in the file', () => {
    const folder = temporaryFolder()
    const keys = readMasterKeys(folder, `${'A'.repeat(43)} ${'B'.repeat(42)}A`)
    writeMasterKeys(folder, keys)
    const read = readMasterKeys(folder, undefined)
    expect(read.map((key, at) => keys[at]?.equals(key))).toEqual([true, true])
    expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600)
    expect(() => readMasterKeys(folder, `${'A'.repeat(43)} short`)).toThrow(MasterKeyError)
  })

  it('is not created by reading it', () => {
    const folder = temporaryFolder()
    expect(() => readMasterKeys(folder, undefined)).toThrow('There is no')
    expect(readdirSync(folder)).toEqual([])
  })
})

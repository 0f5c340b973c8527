import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { InvalidArgumentError } from 'commander'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../store/store.fixture.ts'
import {
  MAX_PROFILE_NAME_LENGTH,
  parseProfileName,
  readProfiles,
  removeProfile,
  requireProfile,
  storeProfile,
  writeProfiles,
} from './profiles.ts'

const WORK = { name: 'work', url: 'https://rtc.example.com', token: 'sdpat_test' }
const HOME = { name: 'home', url: 'http://127.0.0.1:4420', token: 'sdpat_other' }
const newFile = () => join(temporaryFolder(), 'stagedoor', 'profiles.json')

describe('the profiles', () => {
  it('are none without a file', () => {
    expect(readProfiles(newFile())).toEqual({ current: undefined, all: [] })
  })

  it('are stored, and the latest one is the current one', () => {
    const file = newFile()
    storeProfile(WORK, file)
    storeProfile(HOME, file)
    storeProfile({ ...WORK, token: 'sdpat_new' }, file)
    expect(readProfiles(file)).toEqual({ current: 'work', all: [HOME, { ...WORK, token: 'sdpat_new' }] })
    expect(requireProfile('home', file)).toEqual(HOME)
    expect(() => requireProfile('none', file)).toThrow('There is no profile "none". List the profiles:')
  })

  it('leave no profile in use when the current one is removed', () => {
    const file = newFile()
    for (const profile of [WORK, HOME]) storeProfile(profile, file)
    removeProfile('work', file)
    expect(readProfiles(file)).toEqual({ current: 'home', all: [HOME] })
    removeProfile('home', file)
    expect(readProfiles(file)).toEqual({ current: undefined, all: [] })
  })

  it.skipIf(process.platform === 'win32')('can only be read by the user, also if they could be before', () => {
    const file = newFile()
    mkdirSync(dirname(file))
    writeFileSync(file, '{"profiles":{}}', { mode: 0o644 })
    chmodSync(file, 0o644)
    storeProfile(WORK, file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const another = newFile()
    storeProfile(WORK, another)
    expect([statSync(another).mode & 0o777, statSync(dirname(another)).mode & 0o777]).toEqual([0o600, 0o700])
    expect(readdirSync(dirname(another))).toEqual(['profiles.json'])
  })

  it.each(['', '{', '[]', '{"profiles":{"work":{"url":"nowhere","token":"x"}}}', '{"profiles":{"a b":{}}}'])(
    'are refused if the file is %s',
    (text) => {
      const file = newFile()
      mkdirSync(dirname(file))
      writeFileSync(file, text)
      expect(() => readProfiles(file)).toThrow(`${file} is not a file of profiles`)
    },
  )

  it('say why they cannot be written', () => {
    const blocked = join(temporaryFolder(), 'file')
    writeFileSync(blocked, '')
    expect(() => writeProfiles({ current: undefined, all: [] }, join(blocked, 'profiles.json'))).toThrow(
      /^Cannot write .*profiles\.json: E/,
    )
  })
})

describe('the name of a profile', () => {
  it.each(['work', 'a', 'rtc.example.com', '0-x_y', 'a'.repeat(MAX_PROFILE_NAME_LENGTH)])('%s is taken', (name) => {
    expect(parseProfileName(name)).toBe(name)
  })

  it.each(['', '-x', '.x', 'a b', '../x', '__proto__', 'a'.repeat(MAX_PROFILE_NAME_LENGTH + 1)])(
    '"%s" is refused',
    (name) => {
      expect(() => parseProfileName(name)).toThrow(InvalidArgumentError)
    },
  )
})

import { describe, expect, it } from 'vitest'
import { CliError } from '../output/print.ts'
import { cleanEnvironment, cleanSetting } from './settings.ts'

// Every variable that the platform reads.
const NAMES = [
  'STAGEDOOR_BACKUP_PASSPHRASE',
  'STAGEDOOR_DATABASE_URL',
  'STAGEDOOR_DATA',
  'STAGEDOOR_HOST',
  'STAGEDOOR_LOG_LEVEL',
  'STAGEDOOR_MASTER_KEY',
  'STAGEDOOR_MASTER_KEY_NEW',
  'STAGEDOOR_METRICS_TOKEN',
  'STAGEDOOR_PORT',
  'STAGEDOOR_PUBLIC_URL',
  'STAGEDOOR_TOKEN',
  'STAGEDOOR_TRUST_PROXY',
  'STAGEDOOR_TURN',
  'STAGEDOOR_TURN_SECRET',
  'STAGEDOOR_URL',
  'STAGEDOOR_WEBHOOKS_TO_PRIVATE',
]

describe.each(NAMES)('%s', (name) => {
  it.each(['\n', '\r\n', ' ', '\t\n'])('is read without a trailing %j', (end) => {
    const environment = { [name]: `a value${end}`, OTHER: `mine${end}` }
    cleanEnvironment(environment)
    expect(environment).toEqual({ [name]: 'a value', OTHER: `mine${end}` })
  })

  it.each(['\0', '\u0001', '\u001b', '\u007f', '\u0085', '\u2028'])('is rejected by name if it contains %j', (sign) => {
    const clean = () => cleanEnvironment({ [name]: `HID${sign}DEN` })
    expect(clean).toThrow(CliError)
    expect(clean).toThrow(new RegExp(`^${name} contains a control character \\(U\\+[0-9A-F]{4}\\)`))
    expect(clean).not.toThrow(/HID|DEN/)
  })
})

it('a line end inside a value is rejected, except between two master keys', () => {
  expect(() => cleanSetting('a\nb', 'STAGEDOOR_TURN_SECRET')).toThrow('STAGEDOOR_TURN_SECRET contains')
  expect(cleanSetting('a\r\nb\n', 'STAGEDOOR_MASTER_KEY')).toBe('a b')
})

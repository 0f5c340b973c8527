import { AdminError } from '@stagedoor/admin'
import { Command, InvalidArgumentError, Option } from 'commander'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../../api-key/change-context.ts'
import { parsePort } from '../input/settings.ts'
import { CliError } from './print.ts'
import { reportError } from './report-error.ts'

function report(error: unknown, json = false) {
  let text = ''
  const status = reportError(error, {
    json,
    write: (line) => {
      text += line
    },
  })
  return { status, text }
}

/** The error that Commander throws for a command line. */
function usageErrorOf(...args: string[]): unknown {
  const refuse = () => {
    throw new InvalidArgumentError('Remove the password.')
  }
  const command = new Command()
    .exitOverride()
    .configureOutput({ writeErr: () => {}, writeOut: () => {} })
    .addOption(new Option('--public-url <url>').env('TEST_PUBLIC_URL').argParser(refuse))
    .addOption(new Option('--role <role>').choices(['owner', 'viewer']))
    .option('--port <number>', '', parsePort)
  try {
    command.parse(args, { from: 'user' })
  } catch (error) {
    return error
  }
  throw new Error('The command line was accepted')
}

describe('an error of the command line', () => {
  it('is one line with the command that helps', () => {
    const error = new DomainError('There is no API key "x"', { reason: 'unknown', hint: 'npx stagedoor key list' })
    expect(report(error)).toEqual({
      status: 2,
      text: 'stagedoor: There is no API key "x". See: npx stagedoor key list\n',
    })
  })

  it('is one JSON object with --json, with the same status', () => {
    const error = new DomainError('There is no API key "x"', { reason: 'unknown', hint: 'npx stagedoor key list' })
    const { status, text } = report(error, true)
    expect([status, JSON.parse(text)]).toEqual([
      2,
      { error: { code: 'unknown', message: 'There is no API key "x"', hint: 'npx stagedoor key list' } },
    ])
    expect(JSON.parse(report(new CliError('No.'), true).text)).toEqual({ error: { message: 'No.' } })
    expect(JSON.parse(report(new AdminError(409, { code: 'conflict', detail: 'No.' }), true).text)).toEqual({
      error: { code: 'conflict', message: 'No' },
    })
  })

  it('that nobody expects has status 1', () => {
    expect(report(new TypeError('broken'))).toEqual({ status: 1, text: 'stagedoor: broken\n' })
  })

  it.each([
    [4420, 4421],
    [65_535, 65_534],
  ])('names the port %i that is in use, and suggests %i', (port, other) => {
    const error = Object.assign(new Error('listen'), { code: 'EADDRINUSE', port })
    expect(report(error)).toEqual({
      status: 2,
      text: `stagedoor: Port ${port} is already in use. Choose another one with --port, for example: npm start -- --port ${other}\n`,
    })
  })
})

describe('an invalid option', () => {
  it.each([
    'https://user:SECRET@rtc.example.com',
    "https://user:SE'CRET@rtc.example.com",
    "https://SECRET' is invalid. x@rtc.example.com",
    'https://user:SECRET\n@rtc.example.com',
  ])('never has its value in the error: %j', (value) => {
    for (const error of [usageErrorOf('--public-url', value), usageErrorOf(`--public-url=${value}`)]) {
      const { status, text } = report(error)
      expect(status).toBe(2)
      expect(text).not.toMatch(/SECRET|CRET/)
      expect(text).toContain('Remove the password.')
    }
  })

  it('is named by its variable if it comes from the environment, without its value', () => {
    process.env['TEST_PUBLIC_URL'] = 'https://user:SECRET@rtc.example.com'
    const { text } = report(usageErrorOf())
    delete process.env['TEST_PUBLIC_URL']
    expect(text).toBe('stagedoor: TEST_PUBLIC_URL: Remove the password.\n')
  })

  it('is named with what it expects', () => {
    expect(report(usageErrorOf('--port', '65536')).text).toBe(
      'stagedoor: --port <number>: Expected a whole number from 0 to 65535.\n',
    )
    expect(report(usageErrorOf('--role', 'king')).text).toBe(
      'stagedoor: --role <role>: Allowed choices are owner, viewer.\n',
    )
  })

  it('that is unknown is named without its value', () => {
    expect(report(usageErrorOf('--token=SECRET')).text).toMatch(/^stagedoor: unknown option '--token'/)
    expect(report(usageErrorOf("--token=SE'CRET")).text).not.toContain('CRET')
  })
})

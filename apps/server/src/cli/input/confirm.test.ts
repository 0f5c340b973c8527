import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { confirm } from './confirm.ts'

function terminalThat(isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.ReadStream
  const output = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.WriteStream
  return { input, output }
}

async function answering(text: string | null): Promise<void> {
  const terminal = terminalThat(true)
  const asked = confirm(() => 'This deletes it.', { yes: false }, terminal)
  if (text === null) terminal.input.push(null)
  else terminal.input.push(`${text}\n`)
  await asked
}

describe('the confirmation of a destructive command', () => {
  it.each(['y', 'Y', 'yes', ' YES '])('goes on after "%s" on a terminal', async (text) => {
    await expect(answering(text)).resolves.toBeUndefined()
  })

  it.each(['', 'n', 'no', 'yesterday', null])('cancels after %j on a terminal', async (text) => {
    await expect(answering(text)).rejects.toThrow('Canceled. Nothing was changed')
  })

  it('fails at once without a terminal, and says how to confirm', async () => {
    await expect(confirm(() => 'This deletes it.', { yes: false }, terminalThat(false))).rejects.toThrow(
      'This deletes it. To confirm, add --yes',
    )
  })

  it('names the address of a remote platform', async () => {
    const terminal = terminalThat(true)
    const asked = confirm(() => 'This deletes it.', { yes: false, url: 'https://rtc.example.com' }, terminal)
    terminal.input.push('y\n')
    await asked
    expect(String(terminal.output.read())).toContain('Continue on https://rtc.example.com? [y/N]')
  })

  it('is skipped with --yes', async () => {
    await expect(confirm(() => 'This deletes it.', { yes: true }, terminalThat(false))).resolves.toBeUndefined()
  })
})

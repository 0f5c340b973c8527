import { existsSync, linkSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { askServer, askServerIfAny } from '../cli/local/ask-server.ts'
import { DATABASE_FILE } from '../store/database-file.ts'
import { FolderTakenError } from './claim-socket.ts'
import { makeControlContext, makeFolder, openTestControl } from './control.fixture.ts'
import { MAX_SOCKET_PATH_BYTES, socketPathOf } from './find-socket.ts'
import { openControl } from './open-control.ts'

const anything = { limit: 1 }

/** A socket without a listener, as after a crash. */
async function leaveBehind(folder: string): Promise<void> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(join(folder, 'gone'), listening))
  linkSync(join(folder, 'gone'), socketPathOf(folder))
  await new Promise((closed) => server.close(closed))
}

describe('the control socket', () => {
  it('is accessible to its owner only, and leaves nothing behind', async () => {
    const folder = makeFolder()
    const { close } = await openTestControl(folder)
    expect(readdirSync(folder)).toEqual(['control.sock'])
    expect(statSync(socketPathOf(folder)).mode & 0o777).toBe(0o600)
    await close()
    expect(readdirSync(folder)).toEqual([])
  })

  it('exists once: a second server on the folder is refused, and the first continues', async () => {
    const folder = makeFolder()
    await openTestControl(folder)
    await expect(openControl(folder, makeControlContext())).rejects.toThrow(FolderTakenError)
    expect(readdirSync(folder)).toEqual(['control.sock'])
    expect(await askServer(folder, 'list_sessions', anything)).toEqual({ sessions: [], total: 0 })
  })

  it.each([
    ['a new folder', async () => {}],
    ['a folder that was left in a crash', leaveBehind],
  ])('has one owner where many start at once on %s', async (_what, prepare) => {
    const folder = makeFolder()
    await prepare(folder)
    const starts = await Promise.allSettled(Array.from({ length: 8 }, () => openTestControl(folder)))
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await askServer(folder, 'list_sessions', anything)).toEqual({ sessions: [], total: 0 })
    expect(readdirSync(folder)).toEqual(['control.sock'])
  })

  it('replaces a stale socket', async () => {
    const folder = makeFolder()
    await leaveBehind(folder)
    expect(existsSync(socketPathOf(folder))).toBe(true)
    expect(await askServerIfAny(folder, 'list_sessions', anything)).toBeUndefined()
    await openTestControl(folder)
    expect(await askServer(folder, 'list_sessions', anything)).toEqual({ sessions: [], total: 0 })
  })

  it('waits briefly for a server that died during a takeover, and says what to do', async () => {
    const folder = makeFolder()
    await leaveBehind(folder)
    mkdirSync(`${socketPathOf(folder)}.takeover`)
    await expect(openControl(folder, makeControlContext())).rejects.toThrow(/remove .*takeover$/)
  })

  it('does not remove the socket of another server when it closes', async () => {
    const folder = makeFolder()
    const { close } = await openTestControl(folder)
    renameSync(socketPathOf(folder), join(folder, 'aside'))
    writeFileSync(socketPathOf(folder), 'of another')
    await close()
    expect(existsSync(socketPathOf(folder))).toBe(true)
  })

  it(`is not created if its path has more than ${MAX_SOCKET_PATH_BYTES} bytes, which is logged`, async () => {
    const folder = join(makeFolder(), 'x'.repeat(MAX_SOCKET_PATH_BYTES))
    mkdirSync(folder)
    const { context, close } = await openTestControl(folder)
    expect(context.lines.join('')).toContain('there is no control socket')
    expect(readdirSync(folder)).toEqual([])
    await close()
  })

  it.each([
    ['a body of the wrong form', 'list_sessions', { limit: 0 }, 'limit'],
    ['a request that it does not know', 'no_such_request', {}, 'no such request'],
    ['a body that is too large', 'show_refusal', { refusalId: 'x'.repeat(256 * 1024) }, 'not one that this server'],
  ])('refuses %s in one line', async (_what, name, body, words) => {
    const folder = makeFolder()
    await openTestControl(folder)
    await expect(askServer(folder, name as 'list_sessions', body as never)).rejects.toThrow(words)
  })

  it('fails with one line that says what to do if there is no server, or no platform in the folder', async () => {
    const folder = makeFolder()
    const ask = () => askServer(folder, 'list_sessions', anything)
    await expect(ask()).rejects.toThrow(/^There is no platform in .*stagedoor serve, or name its folder with --data$/)
    writeFileSync(join(folder, DATABASE_FILE), '')
    await expect(ask()).rejects.toThrow(/^No server runs on the data folder .*stagedoor serve$/)
  })
})

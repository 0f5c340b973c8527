import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { GATE_PATH, SUBPROTOCOL } from '@stagedoor/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFolder, type RunningPlatform, stagedoor, startPlatform } from '../fixtures/platform.fixture.ts'

const folder = makeFolder()
const data = join(folder.path, 'data')
let platform: RunningPlatform
beforeAll(async () => {
  // As another tool has made it, and a database as another tool has copied it.
  mkdirSync(data)
  chmodSync(data, 0o755)
  writeFileSync(join(data, 'stagedoor.db'), '', { mode: 0o644 })
  platform = await startPlatform(data)
})
afterAll(async () => {
  await platform?.stop()
  folder.remove()
})

function statusOf(head: string): Promise<string> {
  return new Promise((answer, fail) => {
    const socket = connect(Number(new URL(platform.url).port), '127.0.0.1', () => socket.write(`${head}\r\n\r\n`))
    socket.setTimeout(5_000, () => socket.destroy(new Error('No answer')))
    socket.once('data', (data) => {
      answer(String(data).split('\r\n')[0] ?? '')
      socket.destroy()
    })
    socket.on('error', fail)
  })
}

describe('what a platform shows', () => {
  it('no file of its database is for others, whatever the folder and the file were', () => {
    const files = readdirSync(data).filter((name) => name.startsWith('stagedoor.db'))
    expect(files).toContain('stagedoor.db-wal')
    for (const file of files) expect([file, statSync(join(data, file)).mode & 0o777]).toEqual([file, 0o600])
  })

  const UPGRADE = `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ${SUBPROTOCOL}`
  it.each([
    ['GET /livez HTTP/1.1\r\nHost: a', '200'],
    ['GET /livez HTTP/1.1\r\nHost: a\r\nHost: b', '400'],
    ['GET /livez HTTP/1.1\r\nHost: a\r\nHost: a', '400'],
    ['GET /livez HTTP/1.1', '400'],
    ['GET /livez HTTP/1.0', '200'],
    ['GET /no/such HTTP/1.1\r\nHost: a\r\nHost: b', '400'],
    [`GET ${GATE_PATH} HTTP/1.1\r\nHost: a\r\n${UPGRADE}`, '101'],
    [`GET ${GATE_PATH} HTTP/1.1\r\nHost: a\r\nHost: b\r\n${UPGRADE}`, '400'],
    [`GET ${GATE_PATH} HTTP/1.1\r\n${UPGRADE}`, '400'],
  ])('%j is answered with %s', async (head, status) => {
    expect(await statusOf(head)).toMatch(`HTTP/1.1 ${status}`)
  })

  it('counts are for those who may read the metrics', async () => {
    const read = async (headers = {}) => (await fetch(`${platform.url}/healthz`, { headers })).json()
    expect(await read()).toEqual({ status: 'ok', store: 'ok', sessions: 0, sockets: expect.any(Number) })
    expect(await read({ 'x-forwarded-for': '192.0.2.7' })).toEqual({ status: 'ok', store: 'ok' })
  })

  it('--dev at an address that others reach is refused, or warned of where it is accepted', async () => {
    const own = makeFolder()
    for (const host of ['0.0.0.0', '::', '192.0.2.7']) {
      const { status, stdout, stderr } = await stagedoor(['serve', '--dev', '--host', host, '--data', own.path])
      expect([status, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(/^stagedoor: --dev at .* any user.* exactly why .* --dev-insecure\n$/)
    }
    const accepted = await startPlatform(own.path, '--dev', '--dev-insecure', '--host', '0.0.0.0')
    expect(accepted.output()).toContain('WARNING: --dev at 0.0.0.0')
    await accepted.stop()
    const local = await startPlatform(own.path, '--dev', '--host', '127.0.0.2')
    expect(local.output()).not.toContain('WARNING')
    await local.stop()
    own.remove()
  })
})

import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MAX_KEY_SET_BYTES } from '@stagedoor/identity'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fetchKeysWith } from './fetch-keys.ts'

const JWK = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: 'one' }

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`
}

async function fetchFrom(url: string) {
  const failures: unknown[] = []
  const keys = await fetchKeysWith((_url, error) => failures.push(error))(url)
  return { keys, failures: failures.map(String) }
}

function text(body: string, status = 200, headers: Record<string, string> = {}): RequestListener {
  return (_request, response) => response.writeHead(status, headers).end(body)
}

describe('fetching published keys', () => {
  it('returns the published keys', async () => {
    const url = await serve(text(JSON.stringify({ keys: [JWK] })))
    expect(await fetchFrom(url)).toEqual({ keys: [JWK], failures: [] })
  })

  it.each([null, 7, 'text', [], true])('ignores members that are not keys (RFC 7517 section 5): %j', async (member) => {
    const url = await serve(text(JSON.stringify({ keys: [member, JWK, member] })))
    expect(await fetchFrom(url)).toEqual({ keys: [JWK], failures: [] })
  })

  it(`reads at most ${MAX_KEY_SET_BYTES} bytes`, async () => {
    const body = JSON.stringify({ keys: [JWK] })
    const fits = await serve(text(body.padEnd(MAX_KEY_SET_BYTES)))
    expect((await fetchFrom(fits)).keys).toEqual([JWK])
    const tooLong = await serve(text(body.padEnd(MAX_KEY_SET_BYTES + 1)))
    const { keys, failures } = await fetchFrom(tooLong)
    expect(keys).toBeUndefined()
    expect(failures).toHaveLength(1)
  })

  it('follows no redirects', async () => {
    const elsewhere = await serve(text(JSON.stringify({ keys: [JWK] })))
    const url = await serve(text('', 302, { location: elsewhere }))
    expect((await fetchFrom(url)).keys).toBeUndefined()
  })

  it.each([
    ['an error', text('{"keys":[]}', 500)],
    ['no JSON', text('<html>')],
    ['no key set', text('{"a":1}')],
    ['nothing', ((request) => request.socket.destroy()) as RequestListener],
  ])('answers nothing where there is %s, and says so once', async (_what, answer) => {
    const { keys, failures } = await fetchFrom(await serve(answer))
    expect(keys).toBeUndefined()
    expect(failures).toHaveLength(1)
  })
})

import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fetchGuarded } from './fetch-bounded.ts'

async function serve(answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

describe('a guarded fetch', () => {
  it('returns the response unchanged if private addresses are allowed', async () => {
    const port = await serve(({ headers }, response) => response.writeHead(201).end(headers.accept))
    const answer = await fetchGuarded(true)(`http://127.0.0.1:${port}/`, { headers: { accept: 'a/b' } })
    expect([answer.status, await answer.text()]).toEqual([201, 'a/b'])
  })

  it.each([204, 304])('accepts responses without a body, such as %i', async (status) => {
    const port = await serve((_request, response) => response.writeHead(status).end())
    const answer = await fetchGuarded(true)(`http://127.0.0.1:${port}/`)
    expect([answer.status, await answer.text()]).toEqual([status, ''])
  })

  it('never connects to a private address, by any name, and never over http:', async () => {
    let asked = 0
    const port = await serve((_request, response) => {
      asked++
      response.end()
    })
    const guarded = fetchGuarded(false)
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '10.0.0.1', '169.254.169.254', '0x7f.1']) {
      await expect(guarded(`https://${host}:${port}/`)).rejects.toThrow('private')
    }
    await expect(guarded('http://8.8.8.8/')).rejects.toThrow('Not encrypted')
    await expect(guarded('file:///etc/passwd')).rejects.toThrow('Not encrypted')
    await expect(fetchGuarded(true)('file:///etc/passwd')).rejects.toThrow('Not encrypted')
    expect(asked).toBe(0)
  })

  it('follows no redirects', async () => {
    const port = await serve((_request, response) => response.writeHead(302, { location: '/elsewhere' }).end())
    expect((await fetchGuarded(true)(`http://127.0.0.1:${port}/`)).status).toBe(302)
  })

  it('ends when the caller aborts, before a response and within one', async () => {
    const silent = await serve(() => {})
    const halting = await serve((_request, response) => void response.write('a'))
    const ask = (port: number) => fetchGuarded(true)(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(100) })
    await expect(ask(silent)).rejects.toThrow()
    await expect(ask(halting).then((answer) => answer.text())).rejects.toThrow()
  })
})

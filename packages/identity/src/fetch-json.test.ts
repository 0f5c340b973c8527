import { describe, expect, it } from 'vitest'
import { type Fetch, fetchJson, MAX_KEY_SET_BYTES } from './fetch-json.ts'

const URL_OF_KEYS = 'https://login.example/keys'

function answering(body: BodyInit | null, status = 200): Fetch {
  return async () => new Response(body, { status })
}

describe('the response of a provider', () => {
  it(`is read up to ${MAX_KEY_SET_BYTES} bytes`, async () => {
    expect(await fetchJson(answering('{}'.padEnd(MAX_KEY_SET_BYTES)), URL_OF_KEYS, 'a test')).toEqual({})
    const tooLong = fetchJson(answering('{}'.padEnd(MAX_KEY_SET_BYTES + 1)), URL_OF_KEYS, 'a test')
    await expect(tooLong).rejects.toThrow(`more than ${MAX_KEY_SET_BYTES} bytes`)
  })

  it('is not read further if it never ends', async () => {
    let sent = 0
    let isCancelled = false
    const endless = new ReadableStream({
      pull: (controller) => {
        sent += 10_000
        controller.enqueue(new Uint8Array(10_000))
      },
      cancel: () => {
        isCancelled = true
      },
    })
    await expect(fetchJson(answering(endless), URL_OF_KEYS, 'a test')).rejects.toThrow('more than')
    expect([isCancelled, sent < 2 * MAX_KEY_SET_BYTES]).toEqual([true, true])
  })

  it.each<[string, Fetch, string]>([
    ['an error', answering('{}', 500), 'answers 500 to a test'],
    ['another address', answering(null, 302), 'answers 302 to a test'],
    ['no JSON', answering('<html>'), 'answers no JSON to a test'],
    ['nothing', answering(null), 'answers no JSON to a test'],
  ])('is none where it is %s', async (_what, fetch, message) => {
    await expect(fetchJson(fetch, URL_OF_KEYS, 'a test')).rejects.toThrow(message)
  })

  it('is fetched without following redirects, and with a timeout', async () => {
    let asked: RequestInit | undefined
    await fetchJson(
      async (_url, options) => {
        asked = options
        return new Response('{}')
      },
      URL_OF_KEYS,
      'a test',
    )
    expect(asked).toMatchObject({ redirect: 'manual', signal: expect.any(AbortSignal) })
  })
})

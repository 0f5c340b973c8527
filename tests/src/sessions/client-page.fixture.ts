import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { BrowserContext, Page } from 'playwright-core'

const CLIENT = fileURLToPath(new URL('../../../packages/client/dist/index.js', import.meta.url))

declare global {
  interface Window {
    stagedoor: typeof import('@stagedoor/client') & { mount(options: object): void }
    session: import('@stagedoor/client').Session
    conversation: import('@stagedoor/client').Conversation
    userAgent: import('@stagedoor/client').UserAgent
    /** What the client has emitted, by name. */
    events: string[]
    nextToken: () => Promise<string>
    unmount: () => void
  }
}

// A component that registers as React's documentation says: in an effect, which StrictMode runs twice.
const REACT = `
  import { createElement, StrictMode, useEffect } from 'react'
  import { createRoot } from 'react-dom/client'
  export * from ${JSON.stringify(CLIENT)}
  import { UserAgent } from ${JSON.stringify(CLIENT)}

  function Call({ apiKey, ...options }) {
    useEffect(() => {
      window.events.push('mounted')
      const userAgent = new UserAgent({ uri: 'apiKey:' + apiKey, getToken: () => window.nextToken() })
      userAgent.register(options).then(() => window.events.push('registered'), ({ name }) => window.events.push(name))
      return () => void userAgent.unregister()
    }, [])
  }

  export function mount(options) {
    window.events = []
    const root = createRoot(document.body.appendChild(document.createElement('div')))
    root.render(createElement(StrictMode, null, createElement(Call, options)))
    window.unmount = () => root.unmount()
  }`

/** An empty page with the client in it, as `window.stagedoor`. */
export async function serveClientPage(): Promise<{ readonly url: string; close(): void }> {
  const { outputFiles } = await build({
    stdin: { contents: REACT, resolveDir: dirname(CLIENT) },
    define: { 'process.env.NODE_ENV': '"development"' },
    bundle: true,
    format: 'iife',
    globalName: 'stagedoor',
    platform: 'browser',
    write: false,
  })
  const script = outputFiles[0]?.text ?? ''
  const server = createServer((request, response) => {
    const isScript = request.url === '/client.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : '<!doctype html><title>client</title><script src="/client.js"></script>')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => server.close(),
  }
}

interface EnterOptions {
  readonly pageUrl: string
  readonly cloudUrl: string
  readonly apiKey: string
  readonly id: string
  readonly mint: () => string
  readonly errors: string[]
}

/** Opens a page in which a user registers, joins, and subscribes to whatever there is. */
export async function enterPage(context: BrowserContext, options: EnterOptions): Promise<Page> {
  const { pageUrl, cloudUrl, apiKey, id, mint, errors } = options
  const page = await context.newPage()
  page.on('pageerror', (error) => errors.push(`${id}: ${error.message}`))
  await page.exposeFunction('nextToken', mint)
  await page.goto(pageUrl)
  await page.evaluate(
    async ({ cloudUrl, apiKey, id }) => {
      const { UserAgent } = window.stagedoor
      window.events = []
      window.userAgent = new UserAgent({ uri: `apiKey:${apiKey}`, getToken: () => window.nextToken() })
      window.session = await window.userAgent.register({ cloudUrl, id })
      window.conversation = window.session.getConversation('stage')
      window.session.on('stateChanged', ({ state }) => window.events.push(state))
      window.conversation.on('streamListChanged', ({ listEventType, streamId }) => {
        if (listEventType === 'added') void window.conversation.subscribeToStream(streamId)
      })
      window.conversation.on('streamAdded', (stream) => stream.addInDiv('videos', `video-${stream.getId()}`))
      window.conversation.on('streamRemoved', (stream) => stream.removeFromDiv('videos', `video-${stream.getId()}`))
      window.conversation.on('message', ({ content }) => window.events.push(`message ${content}`))
      window.conversation.on('permissionsChanged', ({ publish }) => window.events.push(`may publish ${publish}`))
      window.conversation.on('publicationEnded', ({ reason }) => window.events.push(`ended ${reason}`))
      const videos = document.createElement('div')
      videos.id = 'videos'
      document.body.append(videos)
      await window.conversation.join()
    },
    { cloudUrl, apiKey, id },
  )
  return page
}

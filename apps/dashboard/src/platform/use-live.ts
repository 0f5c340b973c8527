import type { components } from '@stagedoor/admin'
import { useEffect, useRef, useState } from 'react'
import { BASE_PATH } from './platform-url.ts'

type LiveEvents = components['schemas']['LiveEvents']
type Handlers = { readonly [name in keyof LiveEvents]?: (data: LiveEvents[name]) => void }

export type Connection = 'connecting' | 'open' | 'lost'

const NAMES = ['hello', 'sessions', 'conversations', 'refusals', 'resync'] as const

/**
 * Listens to the live events of an API key. The browser reconnects by itself when the stream breaks; each connection starts with
 * `hello`, after which lists have to be reloaded.
 */
export function useLive(apiKey: string, handlers: Handlers): Connection {
  const [connection, setConnection] = useState<Connection>('connecting')
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    const source = new EventSource(`${BASE_PATH}/api/v1/keys/${encodeURIComponent(apiKey)}/live`)
    source.onopen = () => setConnection('open')
    source.onerror = () => setConnection('lost')
    for (const name of NAMES) {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        latest.current[name]?.(JSON.parse(event.data))
      })
    }
    return () => source.close()
  }, [apiKey])
  return connection
}

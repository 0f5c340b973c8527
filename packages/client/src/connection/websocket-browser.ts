import type { SocketConstructor } from './socket.ts'

/** The WebSocket of the platform that this runs on. */
export const WebSocket = globalThis.WebSocket as unknown as SocketConstructor

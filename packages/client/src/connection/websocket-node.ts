import { WebSocket as NodeWebSocket } from 'ws'
import type { SocketConstructor } from './socket.ts'

/** Node 20 has no WebSocket of its own. */
export const WebSocket = NodeWebSocket as unknown as SocketConstructor

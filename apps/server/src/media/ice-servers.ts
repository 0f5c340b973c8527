import type { IceServer } from '@stagedoor/protocol'

/** The STUN and TURN servers that sessions are told of. None are needed where browsers reach each other. */
export type IceServers = () => IceServer[]

export const noIceServers: IceServers = () => []

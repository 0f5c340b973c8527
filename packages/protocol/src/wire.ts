/** Where the gate listens. */
export const GATE_PATH = '/v1/gate'
/** The WebSocket subprotocol (RFC 6455 section 1.9) that both sides must speak. */
export const SUBPROTOCOL = 'stagedoor.v1'

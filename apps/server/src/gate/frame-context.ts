import type { LazyClientInfo } from './client-info.ts'
import type { Connection } from './connection.ts'
import type { GateContext } from './gate-context.ts'

/** Where a frame arrived, for the functions that handle it. One per connection. */
export interface FrameContext {
  readonly gate: GateContext
  readonly connection: Connection
  readonly client: LazyClientInfo
}

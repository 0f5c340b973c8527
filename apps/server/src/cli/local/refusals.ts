import { askServer } from '../ask-server.ts'
import type { RefusalDesk } from '../platform-client.ts'
import type { StoreSettings } from '../settings.ts'

/** The refusals that the running server has in memory. */
export function refusalsHere({ data }: Pick<StoreSettings, 'data'>): RefusalDesk {
  return {
    list: (filter) => askServer(data, 'list_refusals', filter),
    async find(refusalId) {
      const { refusal } = await askServer(data, 'show_refusal', { refusalId })
      return refusal ?? undefined
    },
  }
}

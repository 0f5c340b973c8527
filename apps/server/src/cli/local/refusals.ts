import { askServer } from '../ask-server.ts'
import type { RefusalClient } from '../platform-client.ts'
import type { StoreSettings } from '../settings.ts'

/** The refusals in the memory of the running server. */
export function localRefusals({ data }: Pick<StoreSettings, 'data'>): RefusalClient {
  return {
    list: (filter) => askServer(data, 'list_refusals', filter),
    async find(refusalId) {
      const { refusal } = await askServer(data, 'show_refusal', { refusalId })
      return refusal ?? undefined
    },
  }
}

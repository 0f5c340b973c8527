import type { ShownRefusal } from '../../control/requests.ts'
import type { RefusalHistory } from '../../refusal-log/refusal-history.ts'
import type { RefusalRecord } from '../../refusal-log/report.ts'
import type { RefusalClient } from '../platform-client.ts'
import { askServerIfAny } from './ask-server.ts'
import { locateStore, requirePlatform, type StoreSettings } from './store.ts'

/** The refusals of the running server. If none runs, those in the store. */
export function localRefusals({ data }: Pick<StoreSettings, 'data'>): RefusalClient {
  return {
    async list(filter) {
      const answer = await askServerIfAny(data, 'list_refusals', filter)
      if (answer !== undefined) return answer
      const { refusals, ...rest } = await withStoredRefusals(data, (stored) => stored.list(filter))
      return { ...rest, refusals: refusals.map(showStored) }
    },
    async find(refusalId) {
      const answer = await askServerIfAny(data, 'show_refusal', { refusalId })
      if (answer !== undefined) return answer.refusal ?? undefined
      const found = await withStoredRefusals(data, (stored) => stored.find(refusalId))
      return found && showStored(found)
    },
  }
}

// Loaded here, so that a command that asks the server does not load the store.
async function withStoredRefusals<T>(data: string, use: (stored: RefusalHistory) => Promise<T>): Promise<T> {
  requirePlatform({ data })
  const [{ openStore }, { RefusalHistory }, { Refusals }, { MAX_KEEP_SECONDS }, { systemClock }] = await Promise.all([
    import('../../store/open.ts'),
    import('../../refusal-log/refusal-history.ts'),
    import('../../refusal-log/refusals.ts'),
    import('../../refusal-log/keep.ts'),
    import('../../clock.ts'),
  ])
  const { store } = await openStore(locateStore({ data }))
  try {
    return await use(
      new RefusalHistory({
        log: new Refusals(() => false),
        store,
        clock: systemClock,
        // The server that deletes them knows how long they are kept.
        keepSeconds: MAX_KEEP_SECONDS,
        onError: () => {},
        onSetAside: () => {},
      }),
    )
  } finally {
    await store.close()
  }
}

/** Without a server it is not known where the page of a code is. */
function showStored(record: RefusalRecord): ShownRefusal {
  return { ...record, docs: '' }
}

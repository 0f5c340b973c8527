import { decideRegistration } from '../../admission/decide-registration.ts'
import type { AnswerOf } from '../../control/requests.ts'
import { dryRun, type Question } from '../../dry-run/dry-run.ts'
import type { Explained } from '../platform-client.ts'
import { askServerIfAny } from './ask-server.ts'
import { loadKeyringFor, type StoreSettings, withStore } from './store.ts'

/** Asks the running server or, if there is none, the store. */
export async function explainLocal(settings: StoreSettings, question: Question): Promise<Explained> {
  const served = await askServerIfAny(settings.data, 'explain', question)
  if (served !== undefined) return { answer: served, answeredBy: 'server' }
  return { answer: await dryRunOnStore(question, settings), answeredBy: 'store' }
}

// What only a running server knows, as it is right after a start.
const NOBODY_IN = { liveSessions: 0, isUsed: false }

function dryRunOnStore(question: Question, settings: StoreSettings): Promise<AnswerOf<'explain'>> {
  return withStore(settings, async (context) => {
    const keyring = await loadKeyringFor(context, question.apiKey, question.token)
    return dryRun(question, {
      decideRegistration: (request) => decideRegistration(request, keyring, context.now(), () => NOBODY_IN),
    })
  })
}

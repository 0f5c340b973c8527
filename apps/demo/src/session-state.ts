import type { Session, SessionState } from '@stagedoor/client'
import { findElement } from './find-element.ts'

const element = findElement('session-state', HTMLParagraphElement)

const STATES: Partial<Record<SessionState, string>> = {
  resuming: 'Connection lost. Reconnecting…',
  restoring: 'Restoring your call…',
}

/** Shows that the session is interrupted, for as long as it is. */
export function showSessionState(session: Session): void {
  element.textContent = ''
  session.on('stateChanged', ({ state }) => {
    element.textContent = STATES[state] ?? ''
  })
}

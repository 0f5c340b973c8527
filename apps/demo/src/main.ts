import type { Disconnection, Session } from '@stagedoor/client'
import { openChat } from './chat.ts'
import { enter } from './enter.ts'
import { findElement } from './find-element.ts'
import { type Entry, openLobby, showLobby } from './lobby.ts'
import { OwnMedia } from './own-media.ts'
import { hideRefusal, showRefusal } from './show-refusal.ts'
import { Stage } from './stage.ts'
import { say } from './status.ts'

const conversationView = findElement('conversation-view', HTMLElement)
const conversationTitle = findElement('conversation-title', HTMLSpanElement)
const leaveButton = findElement('leave', HTMLButtonElement)
const copyButton = findElement('copy-link', HTMLButtonElement)

const ENDINGS: Partial<Record<Disconnection['reason'], string>> = {
  token_expired: 'Your token has ended, so the session has ended too.',
  session_closed: 'The session was closed by the owner of the API key.',
  ejected: 'You were taken out of the conversation, and your session was closed.',
}

openLobby(async (entry) => {
  say('Attempts…', { goesOn: true })
  try {
    await join(entry)
    say('')
  } catch (error) {
    say('')
    showRefusal(error)
  }
})

async function join(entry: Entry): Promise<void> {
  const { userAgent, session } = await enter(entry)
  const conversation = session.getOrCreateConversation(entry.conversation)
  const id = entry.own?.id ?? entry.name
  const stage = new Stage({ id, name: entry.name, isSelf: true })
  stage.follow(conversation)
  openChat(conversation)
  try {
    await conversation.join()
  } catch (error) {
    stage.clear()
    await session.disconnect()
    throw error
  }

  hideRefusal()
  showConversation(entry)
  const media = new OwnMedia(userAgent, conversation, stage)
  const end = () => {
    media.stop()
    stage.clear()
    conversationView.hidden = true
    showLobby(true)
  }
  followSession(session, end)
  conversation.on('left', (code) => {
    if (code === undefined || !session.isConnected()) return
    void session.disconnect()
    showRefusal(new Error(`You were taken out of the conversation (${code}).`))
  })
  leaveButton.onclick = () => void session.disconnect()
  void media.start()
}

function showConversation({ conversation, mintedFor }: Entry): void {
  const link = conversationLink(conversation, mintedFor)
  showLobby(false)
  conversationView.hidden = false
  conversationTitle.textContent = conversation
  // Whoever listens to the page hears where they are now.
  conversationTitle.tabIndex = -1
  conversationTitle.focus()
  document.title = `${conversation} · Stagedoor demo`
  history.replaceState(null, '', link)
  copyButton.onclick = async () => {
    try {
      await navigator.clipboard.writeText(link)
      say('The link is copied. Open it in another tab, or send it to someone.')
    } catch {
      say(`The link: ${link}`)
    }
  }
}

function followSession(session: Session, end: () => void): void {
  session
    .on('disconnected', ({ reason, willReconnect, error }) => {
      if (willReconnect) return say('The connection is lost. Coming back…', { goesOn: true })
      end()
      say(reason === 'disconnected' ? 'You have left.' : '')
      if (error !== undefined) showRefusal(error)
      else if (reason !== 'disconnected')
        showRefusal(new Error(ENDINGS[reason] ?? `The session has ended (${reason}).`))
    })
    .on('reconnected', () => say('You are back.'))
    .on('tokenExpiring', () => say('Your token ends soon. Leave, and join with a fresh one.', { goesOn: true }))
    .on('error', (error) => {
      // While the connection is lost, that is what there is to say.
      if (session.isConnected()) say(error.message)
    })
}

/** Names the conversation, and no token: whoever follows the link asks for a token of their own. */
function conversationLink(conversation: string, key: string | undefined): string {
  return `${location.origin}${location.pathname}?${new URLSearchParams({ conversation, ...(key !== undefined && { key }) })}`
}

import type { Disconnection, Session } from '@stagedoor/client'
import { openChat } from './chat.ts'
import { closeDeviceDialog, connectDeviceDialog } from './device-dialog.ts'
import { enter } from './enter.ts'
import { findElement } from './find-element.ts'
import { type Entry, openLobby, showLobby } from './lobby.ts'
import { DevicePickers } from './media/device-pickers.ts'
import { LocalMedia } from './media/local-media.ts'
import { connectMediaButtons } from './media/media-buttons.ts'
import { OwnMedia } from './own-media.ts'
import { OwnScreen } from './own-screen.ts'
import { openPreview } from './preview.ts'
import { showSessionState } from './session-state.ts'
import { hideRefusal, showRefusal } from './show-refusal.ts'
import { Stage } from './stage.ts'
import { say } from './status.ts'

const deviceSettings = findElement('device-settings', HTMLDetailsElement)
const conversationView = findElement('conversation-view', HTMLElement)
const conversationTitle = findElement('conversation-title', HTMLSpanElement)
const leaveButton = findElement('leave', HTMLButtonElement)
const copyButton = findElement('copy-link', HTMLButtonElement)

const ENDINGS: Partial<Record<Disconnection['reason'], string>> = {
  token_expired: 'Your token expired, so your session ended.',
  session_closed: 'Your session was closed by an administrator.',
  ejected: 'You were removed from the conversation, and your session was closed.',
}

const media = new LocalMedia()
const pickers = new DevicePickers(media)
openPreview(media)
pickers.showIn(deviceSettings)
// On a phone the form matters more.
deviceSettings.open = matchMedia('(min-width: 860px)').matches
connectDeviceDialog(pickers)
connectMediaButtons(media, {
  camera: findElement('camera', HTMLButtonElement),
  microphone: findElement('microphone', HTMLButtonElement),
})
void media.start()

openLobby(async (entry) => {
  say('Connecting…', { stays: true })
  try {
    await join(entry)
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

  say('')
  hideRefusal()
  showConversation(entry)
  const ownMedia = new OwnMedia({ media, userAgent, conversation, stage })
  const ownScreen = new OwnScreen(conversation, stage)
  const end = () => {
    ownMedia.stop()
    ownScreen.stop()
    stage.clear()
    closeDeviceDialog()
    conversationView.hidden = true
    showLobby(true)
    pickers.showIn(deviceSettings)
  }
  // Removal shows a message of its own.
  let wasRemoved = false
  followSession(session, end, () => wasRemoved)
  conversation.on('left', (code) => {
    if (code === undefined || !session.isConnected()) return
    wasRemoved = true
    void session.disconnect()
    showRefusal(new Error(`You were removed from the conversation (${code}).`))
  })
  leaveButton.onclick = () => void session.disconnect()
  void ownMedia.start()
}

function showConversation({ conversation, mintedFor }: Entry): void {
  const link = conversationLink(conversation, mintedFor)
  showLobby(false)
  pickers.hide()
  conversationView.hidden = false
  conversationTitle.textContent = conversation
  // Screen readers announce the focused title.
  conversationTitle.tabIndex = -1
  conversationTitle.focus()
  document.title = `${conversation} · Stagedoor demo`
  history.replaceState(null, '', link)
  copyButton.onclick = async () => {
    try {
      await navigator.clipboard.writeText(link)
      say('Link copied. Open it in another tab, or send it to someone.')
    } catch {
      say(`Copy this link: ${link}`)
    }
  }
}

function followSession(session: Session, end: () => void, wasRemoved: () => boolean): void {
  showSessionState(session)
  session.on('disconnected', ({ reason, willReconnect, error }) => {
    if (willReconnect) return
    end()
    say(reason === 'disconnected' && !wasRemoved() ? 'You left the conversation.' : '')
    if (error !== undefined) showRefusal(error)
    else if (reason !== 'disconnected') showRefusal(new Error(ENDINGS[reason] ?? `Your session ended (${reason}).`))
  })
  session.on('reconnected', () => say('Reconnected.'))
  session.on('tokenExpiring', () =>
    say('Your token expires soon. Leave, and join again with a new one.', { stays: true }),
  )
  session.on('error', (error) => {
    // While the connection is lost, the page already says so.
    if (session.isConnected()) say(error.message)
  })
}

/** Returns a link to the conversation. It contains no token: everyone who opens it gets their own. */
function conversationLink(conversation: string, key: string | undefined): string {
  return `${location.origin}${location.pathname}?${new URLSearchParams({ conversation, ...(key !== undefined && { key }) })}`
}

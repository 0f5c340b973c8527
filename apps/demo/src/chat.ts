import type { Conversation } from '@stagedoor/client'
import { findElement } from './find-element.ts'
import { say } from './status.ts'

const panel = findElement('chat', HTMLElement)
const log = findElement('chat-log', HTMLDivElement)
const form = findElement('chat-form', HTMLFormElement)
const input = findElement('chat-input', HTMLInputElement)
const openButton = findElement('chat-open', HTMLButtonElement)
const closeButton = findElement('chat-close', HTMLButtonElement)
const unread = findElement('unread', HTMLSpanElement)

// A scrollable region must be reachable by keyboard.
log.tabIndex = 0

let conversation: Conversation | undefined
let unreadCount = 0

/** Shows the messages of a conversation, and sends what is typed. */
export function openChat(current: Conversation): void {
  conversation = current
  log.replaceChildren()
  reveal(false)
  current.on('message', ({ sender, content, time }) => {
    write(sender.getUsername(), content, time, false)
    if (getComputedStyle(panel).display === 'none') showUnread(unreadCount + 1)
  })
  current.on('announcement', ({ content, time }) => {
    write('Announcement', content, time, false)
    if (getComputedStyle(panel).display === 'none') showUnread(unreadCount + 1)
  })
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const text = input.value.trim()
  if (text === '' || conversation === undefined) return
  input.value = ''
  try {
    await conversation.sendMessage(text)
    write('You', text, new Date(), true)
  } catch (error) {
    input.value = text
    say(`Couldn’t send your message. ${(error as Error).message}`)
  }
})

openButton.addEventListener('click', () => reveal(!panel.classList.contains('open')))
closeButton.addEventListener('click', () => reveal(false))
panel.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') reveal(false)
})

function reveal(open: boolean): void {
  const wasOpen = panel.classList.contains('open')
  panel.classList.toggle('open', open)
  openButton.setAttribute('aria-expanded', String(open))
  showUnread(0)
  if (open) input.focus()
  else if (wasOpen) openButton.focus()
}

function showUnread(count: number): void {
  unreadCount = count
  unread.textContent = String(count)
  unread.hidden = count === 0
  openButton.setAttribute('aria-label', count === 0 ? 'Chat' : `Chat, ${count} unread`)
}

function write(name: string, text: string, time: Date, isOwn: boolean): void {
  const item = document.createElement('article')
  const head = document.createElement('p')
  const sender = document.createElement('strong')
  const at = document.createElement('time')
  const body = document.createElement('p')
  item.classList.toggle('own', isOwn)
  head.className = 'chat-head'
  sender.textContent = name
  at.dateTime = time.toISOString()
  at.textContent = time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  body.className = 'chat-text'
  body.textContent = text
  head.append(sender, ' ', at)
  item.append(head, body)
  log.append(item)
  log.scrollTop = log.scrollHeight
}

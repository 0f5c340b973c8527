import { UserAgent } from '@stagedoor/client'

const form = document.querySelector('form')
const status = document.querySelector('[role=status]')
const say = (text) => {
  status.textContent = text
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const name = new FormData(form).get('name')
  form.hidden = true
  try {
    await fetch(`/sign-in?${new URLSearchParams({ name })}`, { method: 'POST' })
    await enter(name)
    say(`You are in as ${name}.`)
  } catch (error) {
    form.hidden = false
    say(error.message)
  }
})

async function enter(id) {
  const userAgent = new UserAgent({ uri: `apiKey:${SETTINGS.apiKey}`, getToken: '/token' })
  const session = await userAgent.register({ cloudUrl: SETTINGS.platform, id })
  session.on('disconnected', ({ willReconnect, reason }) =>
    say(willReconnect ? 'Coming back…' : `The call has ended (${reason}).`),
  )
  session.on('reconnected', () => say('You are back.'))

  const conversation = session.getOrCreateConversation('example')
  conversation.on('streamListChanged', ({ listEventType, isRemote, streamId }) => {
    if (isRemote && listEventType === 'added') void conversation.subscribeToStream(streamId)
  })
  conversation.on('streamAdded', (stream) => stream.addInDiv('people', `video-${stream.getId()}`))
  conversation.on('streamRemoved', (stream) => stream.removeFromDiv('people', `video-${stream.getId()}`))
  await conversation.join()

  const own = await userAgent.createStream({ constraints: { audio: true, video: true } })
  own.addInDiv('people', `video-${own.getId()}`)
  await conversation.publish(own)
}

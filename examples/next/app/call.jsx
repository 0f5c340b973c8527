'use client'

import { UserAgent } from '@stagedoor/client'
import { useEffect, useRef, useState } from 'react'

export function Call({ apiKey, platform }) {
  const [status, setStatus] = useState('')
  const [streams, setStreams] = useState([])
  const [isIn, setIsIn] = useState(false)
  const session = useRef(undefined)

  useEffect(() => () => void session.current?.disconnect(), [])

  async function enter(form) {
    const name = form.get('name')
    try {
      await fetch(`/sign-in?${new URLSearchParams({ name })}`, { method: 'POST' })
      const userAgent = new UserAgent({ uri: `apiKey:${apiKey}`, getToken: '/token' })
      session.current = await userAgent.register({ cloudUrl: platform, id: name })
      session.current.on('disconnected', ({ willReconnect, reason }) =>
        setStatus(willReconnect ? 'Coming back…' : `The call has ended (${reason}).`),
      )
      setIsIn(true)
      await join(userAgent, session.current, setStreams)
      setStatus(`You are in as ${name}.`)
    } catch (error) {
      setStatus(error.message)
    }
  }

  return (
    <>
      {!isIn && (
        <form action={enter}>
          <label>
            Your name <input name="name" required maxLength={64} autoComplete="nickname" />
          </label>
          <button type="submit">Enter</button>
        </form>
      )}
      <p role="status">{status}</p>
      <div id="people">
        {streams.map((stream) => (
          <Video key={stream.getId()} stream={stream} />
        ))}
      </div>
    </>
  )
}

async function join(userAgent, session, setStreams) {
  const conversation = session.getOrCreateConversation('example')
  conversation.on('streamListChanged', ({ listEventType, isRemote, streamId }) => {
    if (isRemote && listEventType === 'added') void conversation.subscribeToStream(streamId)
  })
  conversation.on('streamAdded', (stream) => setStreams((streams) => [...streams, stream]))
  conversation.on('streamRemoved', (gone) => setStreams((streams) => streams.filter((stream) => stream !== gone)))
  await conversation.join()

  const own = await userAgent.createStream({ constraints: { audio: true, video: true } })
  setStreams((streams) => [own, ...streams])
  await conversation.publish(own)
}

function Video({ stream }) {
  const element = useRef(null)
  useEffect(() => stream.attachToElement(element.current), [stream])
  return <video ref={element} autoPlay playsInline muted={!stream.isRemote} />
}

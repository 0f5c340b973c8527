import { askTokenEndpoint, type Conversation, type Stream, UserAgent } from '@stagedoor/client'
import { useEffect, useState } from 'react'
import { settings } from './settings.ts'
import type { SignedIn } from './sign-in.ts'

export interface Call {
  readonly state: 'entering' | 'in' | 'ended'
  readonly streams: readonly Stream[]
  /** How many tokens the call has lived on. */
  readonly tokens: number
  /** Why it ended, or what is in the way. */
  readonly message: string | undefined
}

const ENTERING: Call = { state: 'entering', streams: [], tokens: 0, message: undefined }

/**
 * A call of the signed-in user, for as long as the component is mounted.
 *
 * @param isSignedIn asked for each token: once it says no, the call ends with the last one.
 */
export function useCall(user: SignedIn, room: string, isSignedIn: () => boolean): Call {
  const [call, setCall] = useState(ENTERING)
  useEffect(() => {
    const change = (part: Partial<Call>) => setCall((before) => ({ ...before, ...part }))
    const leaving = enter(user, room, isSignedIn, change, setCall)
    return () => void leaving.then((leave) => leave?.())
  }, [user, room, isSignedIn])
  return call
}

async function enter(
  { userId: id, idToken }: SignedIn,
  room: string,
  isSignedIn: () => boolean,
  change: (part: Partial<Call>) => void,
  setCall: (step: (before: Call) => Call) => void,
): Promise<(() => void) | undefined> {
  const getToken = async () => {
    const headers: Record<string, string> = isSignedIn() ? { authorization: `Bearer ${idToken}` } : {}
    const token = await askTokenEndpoint('/token', { headers })
    setCall((before) => ({ ...before, tokens: before.tokens + 1 }))
    return token
  }
  try {
    const userAgent = new UserAgent({ uri: `apiKey:${settings.apiKey}`, getToken })
    const session = await userAgent.register({ cloudUrl: settings.platform, id })
    session.on('disconnected', ({ willReconnect, error }) => {
      if (!willReconnect) change({ state: 'ended', streams: [], message: error?.message })
    })
    const conversation = session.getOrCreateConversation(room)
    follow(conversation, setCall)
    await conversation.join()
    change({ state: 'in' })
    const own = await userAgent.createStream({ constraints: { audio: true, video: true } })
    setCall((before) => ({ ...before, streams: [own, ...before.streams] }))
    await conversation.publish(own)
    return () => {
      own.release()
      void session.disconnect()
    }
  } catch (error) {
    change({ state: 'ended', message: (error as Error).message })
    return undefined
  }
}

function follow(conversation: Conversation, setCall: (step: (before: Call) => Call) => void): void {
  conversation.on('streamListChanged', ({ listEventType, isRemote, streamId }) => {
    if (isRemote && listEventType === 'added') void conversation.subscribeToStream(streamId)
  })
  conversation.on('streamAdded', (stream) => setCall((before) => ({ ...before, streams: [...before.streams, stream] })))
  conversation.on('streamRemoved', (stream) =>
    setCall((before) => ({ ...before, streams: before.streams.filter((one) => one !== stream) })),
  )
}

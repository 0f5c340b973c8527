import type { Stream } from '@stagedoor/client'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { type SignedIn, signIn } from './sign-in.ts'
import { useCall } from './use-call.ts'

const CONVERSATION = 'react'

export function App({ user }: { readonly user: SignedIn | undefined }): ReactNode {
  return (
    <main>
      <h1>A call with React</h1>
      {user === undefined ? (
        <button type="button" onClick={() => void signIn()}>
          Sign in
        </button>
      ) : (
        <Room user={user} />
      )}
    </main>
  )
}

function Room({ user }: { readonly user: SignedIn }): ReactNode {
  const signedIn = useRef(true)
  const [isSignedIn, setSignedIn] = useState(true)
  const call = useCall(
    user,
    CONVERSATION,
    useCallback(() => signedIn.current, []),
  )
  return (
    <>
      <p>
        You are <strong data-testid="user">{user.userId}</strong>.{' '}
        {isSignedIn && (
          <button
            type="button"
            onClick={() => {
              signedIn.current = false
              setSignedIn(false)
            }}
          >
            Sign out
          </button>
        )}
      </p>
      <p role="status" data-testid="state" data-state={call.state} data-tokens={call.tokens}>
        {call.state === 'entering' && 'Entering…'}
        {call.state === 'in' && `In the call, on token number ${call.tokens}.`}
        {call.state === 'ended' && 'The call has ended.'} {call.message}
      </p>
      <div className="people">
        {call.streams.map((stream) => (
          <Person key={stream.getId()} stream={stream} />
        ))}
      </div>
    </>
  )
}

function Person({ stream }: { readonly stream: Stream }): ReactNode {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current !== null) stream.attachToElement(video.current)
  }, [stream])
  return (
    // biome-ignore lint/a11y/useMediaCaption: nobody writes down what is said in a call
    <video ref={video} autoPlay playsInline data-testid="person" data-remote={stream.isRemote} />
  )
}

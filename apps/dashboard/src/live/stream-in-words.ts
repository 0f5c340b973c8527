import type { components } from '@stagedoor/admin'

export type Stream = components['schemas']['ConversationWithMembers']['streams'][number]
type Media = Pick<Stream, 'audio' | 'video' | 'screen' | 'audioMuted' | 'videoMuted'>

/** Returns what a stream carries and what of it is muted: "Audio muted, video". */
export function streamInWords({ audio, video, screen, audioMuted, videoMuted }: Media): string {
  const tracks = [
    audio && `audio${audioMuted ? ' muted' : ''}`,
    video && `${screen ? 'screen' : 'video'}${videoMuted ? ' muted' : ''}`,
  ].filter((track) => track !== false)
  const words = tracks.join(', ') || 'no tracks'
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Returns whether any track of a stream is muted. */
export function isMuted({ audio, video, audioMuted, videoMuted }: Media): boolean {
  return (audio && audioMuted) || (video && videoMuted)
}

import { Alert, Text } from '@mantine/core'
import type { components } from '@stagedoor/admin'
import type { ReactNode } from 'react'

type Preview = components['schemas']['Preview']

/** What a change would do to live sessions. */
export function LiveEffect({ sessions, wouldEnd, wouldEndSooner, examples }: Preview): ReactNode {
  return (
    <Alert color={wouldEnd > 0 ? 'yellow' : 'gray'} title="Effect on live sessions" role="status">
      <Text size="sm">{inWords({ sessions, wouldEnd, wouldEndSooner })}</Text>
      {examples.length > 0 && (
        <Text size="sm">For example: {examples.map(({ userId, reason }) => `${userId} (${reason})`).join(', ')}</Text>
      )}
    </Alert>
  )
}

function inWords({
  sessions,
  wouldEnd,
  wouldEndSooner,
}: Pick<Preview, 'sessions' | 'wouldEnd' | 'wouldEndSooner'>): string {
  if (sessions === 0) return 'There are no live sessions.'
  const parts = [
    wouldEnd > 0 && `${wouldEnd} of ${sessions} would end now`,
    wouldEndSooner > 0 && `${wouldEndSooner} would expire earlier`,
  ].filter((part) => part !== false)
  return parts.length === 0 ? `All ${sessions} would continue unchanged.` : `${parts.join(', and ')}.`
}

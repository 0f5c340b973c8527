import { List, Mark } from '@mantine/core'
import type { ReactNode } from 'react'

interface SentencesProps {
  readonly sentences: readonly string[]
  /** Those of them that are new. */
  readonly fresh?: readonly string[] | undefined
}

/** What a policy says. */
export function Sentences({ sentences, fresh = [] }: SentencesProps): ReactNode {
  return (
    <List size="sm" spacing={4}>
      {sentences.map((sentence) => (
        <List.Item key={sentence}>{fresh.includes(sentence) ? <Mark>{sentence}</Mark> : sentence}</List.Item>
      ))}
    </List>
  )
}

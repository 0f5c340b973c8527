import { List, Mark } from '@mantine/core'
import type { ReactNode } from 'react'

interface SentencesProps {
  readonly sentences: readonly string[]
  /** The sentences to highlight as new. */
  readonly fresh?: readonly string[] | undefined
}

/** A policy in sentences. */
export function Sentences({ sentences, fresh = [] }: SentencesProps): ReactNode {
  return (
    <List size="sm" spacing={4}>
      {sentences.map((sentence) => (
        <List.Item key={sentence}>{fresh.includes(sentence) ? <Mark>{sentence}</Mark> : sentence}</List.Item>
      ))}
    </List>
  )
}

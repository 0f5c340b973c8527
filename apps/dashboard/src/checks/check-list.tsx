import { List, Text, ThemeIcon, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconMinus, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { checkInWords } from './check-in-words.ts'

interface Check {
  readonly check: string
  readonly outcome: 'passed' | 'failed' | 'not reached'
  readonly message?: string | undefined
}

const LOOKS = {
  passed: { colour: 'teal.9', Icon: IconCheck },
  failed: { colour: 'red.8', Icon: IconX },
  'not reached': { colour: 'gray.6', Icon: IconMinus },
} as const

interface CheckListProps {
  readonly label: string
  readonly checks: readonly Check[]
}

/** Checks in the order they ran, each with its outcome. */
export function CheckList({ label, checks }: CheckListProps): ReactNode {
  return (
    <List spacing={6} center aria-label={label} listStyleType="none">
      {checks.map(({ check, outcome, message }) => {
        const { colour, Icon } = LOOKS[outcome]
        return (
          <List.Item
            key={check}
            icon={
              <ThemeIcon
                color={colour}
                size={20}
                radius="xl"
                variant={outcome === 'not reached' ? 'outline' : 'filled'}
              >
                <Icon size={13} aria-hidden />
              </ThemeIcon>
            }
          >
            <Text
              size="sm"
              span
              {...(outcome === 'not reached' && { c: 'dimmed' })}
              fw={outcome === 'failed' ? 600 : 400}
            >
              {checkInWords(check, outcome)}
              <VisuallyHidden>: {outcome}</VisuallyHidden>
            </Text>
            {message !== undefined && (
              <Text size="sm" c="dimmed">
                {message}
              </Text>
            )}
          </List.Item>
        )
      })}
    </List>
  )
}

import { Checkbox, Input, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Right } from '../platform/me.tsx'
import { RIGHT_GROUPS, RIGHT_WORDS } from './right-words.ts'

interface RightFieldsProps {
  readonly value: readonly Right[]
  /** The permissions that can be granted; no others are shown. */
  readonly toGive: readonly Right[]
  readonly error: ReactNode
  readonly onChange: (rights: readonly Right[]) => void
}

/** The permissions of a token: one by one, or a whole group. */
export function RightFields({ value, toGive, error, onChange }: RightFieldsProps): ReactNode {
  const without = (rights: readonly Right[]) => value.filter((right) => !rights.includes(right))
  return (
    <Input.Wrapper
      role="group"
      label="Permissions"
      labelElement="div"
      description="Never more than your own. Grant as few as the program needs."
      error={error}
    >
      <Stack gap="md" my="xs">
        {RIGHT_GROUPS.map(({ title, rights }) => {
          const shown = rights.filter((right) => toGive.includes(right))
          const chosen = shown.filter((right) => value.includes(right))
          if (shown.length === 0) return null
          return (
            <Stack key={title} gap="xs" role="group" aria-label={title}>
              <Checkbox
                label={title}
                aria-label={`${title}: all`}
                fw={600}
                checked={chosen.length === shown.length}
                indeterminate={chosen.length > 0 && chosen.length < shown.length}
                onChange={(event) => onChange([...without(shown), ...(event.currentTarget.checked ? shown : [])])}
              />
              <Stack gap="xs" pl="xl">
                {shown.map((right) => (
                  <Checkbox
                    key={right}
                    label={RIGHT_WORDS[right]}
                    checked={value.includes(right)}
                    onChange={(event) =>
                      onChange([...without([right]), ...(event.currentTarget.checked ? [right] : [])])
                    }
                  />
                ))}
              </Stack>
            </Stack>
          )
        })}
      </Stack>
    </Input.Wrapper>
  )
}

import { Radio, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

const HOURS = { '1h': 1, '24h': 24, '7d': 168 } as const
export type BanChoice = 'tokens' | 'user' | keyof typeof HOURS

interface BanChoiceProps {
  readonly userId: string
  readonly value: BanChoice | 'none'
  readonly onChange: (choice: BanChoice | 'none') => void
  /** Describes the choice of no ban; without it, a ban has to be chosen. */
  readonly without?: string
}

/** Returns the ban as the API takes it. */
export function banOf(choice: BanChoice | 'none') {
  if (choice === 'none') return {}
  if (choice === 'tokens' || choice === 'user') return { ban: choice }
  return { ban: { userForSeconds: HOURS[choice] * 3_600 } }
}

/** Chooses what to ban: tokens, or a user. */
export function BanRadios({ userId, value, onChange, without }: BanChoiceProps): ReactNode {
  return (
    <Radio.Group label="Ban" value={value} onChange={(choice) => onChange(choice as BanChoice | 'none')}>
      <Stack gap="xs" mt="xs">
        {without !== undefined && <Radio value="none" label="No ban" description={without} />}
        <Radio
          value="tokens"
          label="This session’s tokens"
          description={`Includes the identity provider tokens they were exchanged for. ${userId} can register again with another token.`}
        />
        <Radio
          value="user"
          label={`All tokens of ${userId} issued until now`}
          description="Ends all their sessions. They can register again with a newer token."
        />
        <Radio
          value="1h"
          label={`${userId} for 1 hour`}
          description="Ends all their sessions and refuses every token."
        />
        <Radio
          value="24h"
          label={`${userId} for 24 hours`}
          description="Ends all their sessions and refuses every token."
        />
        <Radio
          value="7d"
          label={`${userId} for 7 days`}
          description="Ends all their sessions and refuses every token."
        />
      </Stack>
    </Radio.Group>
  )
}

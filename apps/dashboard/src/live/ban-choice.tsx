import { Radio, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

const HOURS = { '1h': 1, '24h': 24, '7d': 168 } as const
export type BanChoice = 'tokens' | 'user' | keyof typeof HOURS

interface BanChoiceProps {
  readonly userId: string
  readonly value: BanChoice | 'none'
  readonly onChange: (choice: BanChoice | 'none') => void
  /** What happens without a ban, where that can be chosen. */
  readonly without?: string
}

/** What the API is asked for. */
export function banOf(choice: BanChoice | 'none') {
  if (choice === 'none') return {}
  if (choice === 'tokens' || choice === 'user') return { ban: choice }
  return { ban: { userForSeconds: HOURS[choice] * 3_600 } }
}

/** Says what is refused after a session was closed. */
export function BanRadios({ userId, value, onChange, without }: BanChoiceProps): ReactNode {
  return (
    <Radio.Group label="Ban" value={value} onChange={(choice) => onChange(choice as BanChoice | 'none')}>
      <Stack gap="xs" mt="xs">
        {without !== undefined && <Radio value="none" label="No ban" description={without} />}
        <Radio
          value="tokens"
          label="The tokens of this session"
          description={`Also the identity provider's tokens they were exchanged for. ${userId} can come back with another token.`}
        />
        <Radio
          value="user"
          label={`Every token of ${userId} issued until now`}
          description="Ends all their sessions. They can come back with a token issued later."
        />
        <Radio value="1h" label={`${userId}, for 1 hour`} description="Whatever token they bring." />
        <Radio value="24h" label={`${userId}, for 24 hours`} description="Whatever token they bring." />
        <Radio value="7d" label={`${userId}, for 7 days`} description="Whatever token they bring." />
      </Stack>
    </Radio.Group>
  )
}

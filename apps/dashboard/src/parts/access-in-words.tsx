import { List, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { type Account, ROLE_WORDS } from '../platform/account.ts'
import { KeyName } from './key-name.tsx'

/** How many API keys are named; the rest are counted. */
const NAMED = 3

/** The roles of an account: for the whole platform, and for single API keys. */
export function AccessInWords({ access }: { readonly access: Pick<Account, 'role' | 'grants'> }): ReactNode {
  const { role, grants } = access
  const rest = grants.length - NAMED
  return (
    <List size="sm" listStyleType="none" miw="12rem">
      {role !== null && <List.Item>{ROLE_WORDS[role].name} of the platform</List.Item>}
      {grants.slice(0, NAMED).map(({ apiKey, role: granted }) => (
        <List.Item key={apiKey}>
          {ROLE_WORDS[granted].name} of <KeyName apiKey={apiKey} />
        </List.Item>
      ))}
      {rest > 0 && <List.Item>and {rest} more</List.Item>}
      {role === null && grants.length === 0 && (
        <List.Item>
          <Text span size="sm" c="dimmed">
            No access yet
          </Text>
        </List.Item>
      )}
    </List>
  )
}

import { Stack, Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Time } from '../parts/time.tsx'
import type { JsonObject } from './read-token.ts'

/** The meaning of registered header and claim names (RFC 7519 section 4.1, RFC 7515 section 4.1). */
const WORDS: Readonly<Record<string, string>> = {
  alg: 'algorithm',
  typ: 'type',
  kid: 'key id',
  iss: 'issuer',
  sub: 'subject: the API key',
  aud: 'audience',
  exp: 'expires',
  nbf: 'not before',
  iat: 'issued',
  jti: 'token id',
  grants: 'user id and permissions',
}
const TIMES = ['exp', 'nbf', 'iat']
/** The latest time that a date can show, in seconds since 1970 (ECMA-262, time values). */
const MAX_TIME = 8_640_000_000_000

interface TokenPartsProps {
  readonly header: JsonObject
  readonly claims: JsonObject
}

/** The header and the claims of a token, with readable times. */
export function TokenParts({ header, claims }: TokenPartsProps): ReactNode {
  return (
    <Stack gap="md">
      <Part title="Header" members={header} />
      <Part title="Claims" members={claims} />
    </Stack>
  )
}

function Part({ title, members }: { readonly title: string; readonly members: JsonObject }): ReactNode {
  return (
    <Table layout="fixed" captionSide="top" aria-label={title}>
      <Table.Tbody>
        {Object.entries(members).map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th w="9rem" style={{ verticalAlign: 'top' }}>
              <span className="value">{name}</span>
              {WORDS[name] !== undefined && (
                <Text size="xs" c="dimmed" fw={400}>
                  {WORDS[name]}
                </Text>
              )}
            </Table.Th>
            <Table.Td>
              <span className="value" style={{ whiteSpace: 'pre-wrap' }}>
                {typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)}
              </span>
              {TIMES.includes(name) && isTime(value) && (
                <Text size="sm">
                  {new Date(value * 1_000).toLocaleString()}, <Time at={value} />
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= MAX_TIME
}

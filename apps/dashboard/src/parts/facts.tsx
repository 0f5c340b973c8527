import { Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'

interface FactsProps {
  /** Names and values; an `undefined` value is left out. */
  readonly facts: Readonly<Record<string, ReactNode | undefined>>
}

/** Names and values, one per row. */
export function Facts({ facts }: FactsProps): ReactNode {
  return (
    <Table withRowBorders={false} layout="fixed">
      <Table.Tbody>
        {Object.entries(facts).map(
          ([name, value]) =>
            value !== undefined && (
              <Table.Tr key={name}>
                <Table.Th w="8.5rem">{name}</Table.Th>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <Text size="sm" component="div">
                    {value}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ),
        )}
      </Table.Tbody>
    </Table>
  )
}

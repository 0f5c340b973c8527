import { Anchor, Container, Text, Title } from '@mantine/core'
import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Failure } from '../parts/states.tsx'

/** Where there is nothing at an address. */
export function NoPage(): ReactNode {
  return (
    <Container component="main" size="xs" py="xl">
      <Title order={1}>There is no such page</Title>
      <Text mt="sm">
        <Anchor renderRoot={(props) => <Link to="/" {...props} />}>To the first page</Anchor>
      </Text>
    </Container>
  )
}

/** Where a page has broken. */
export function FaultPage({ error, reset }: ErrorComponentProps): ReactNode {
  return (
    <Container component="main" size="sm" py="xl">
      <Failure error={error instanceof Error ? error : new Error(String(error))} retry={reset} />
    </Container>
  )
}

import { Button, Container } from '@mantine/core'
import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { EnterFrame } from '../enter/enter-frame.tsx'
import { Failure } from '../parts/states.tsx'

/** The page for an unknown path. */
export function NoPage(): ReactNode {
  return (
    <EnterFrame title="Page not found" lead="Check the URL, or continue on the dashboard.">
      <Button component={Link} to="/">
        Go to the dashboard
      </Button>
    </EnterFrame>
  )
}

/** The page for an unexpected error. */
export function FaultPage({ error, reset }: ErrorComponentProps): ReactNode {
  return (
    <Container component="main" size="sm" py="xl">
      <Failure error={error instanceof Error ? error : new Error(String(error))} retry={reset} />
    </Container>
  )
}

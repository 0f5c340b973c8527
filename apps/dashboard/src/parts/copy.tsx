import { ActionIcon, Button, CopyButton, Group, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface CopyProps {
  readonly value: string
  /** What is copied, as in "Copy secret". */
  readonly what: string
}

/** A button with a label that copies a value. */
export function CopyWithWord({ value, what }: CopyProps): ReactNode {
  return (
    <CopyButton value={value} timeout={2_000}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          onClick={copy}
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
        >
          {copied ? 'Copied' : `Copy ${what}`}
        </Button>
      )}
    </CopyButton>
  )
}

/** A value with a small button that copies it. */
export function Copyable({ value, what }: CopyProps): ReactNode {
  return (
    <Group gap={4} wrap="nowrap">
      <span className="value">{value}</span>
      <CopyButton value={value} timeout={2_000}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : `Copy ${what}`}>
            <ActionIcon variant="subtle" color="gray" size="sm" onClick={copy} aria-label={`Copy ${what}`}>
              {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  )
}

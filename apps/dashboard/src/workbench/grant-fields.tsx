import { ActionIcon, Checkbox, Group, Paper, Select, Stack, Switch, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Grant, Publication, Role } from './token-form.ts'

interface GrantFieldsProps {
  readonly grant: Grant
  readonly onChange: (grant: Grant) => void
  readonly onRemove: () => void
}

/** One conversation that a token allows. */
export function GrantFields({ grant, onChange, onRemove }: GrantFieldsProps): ReactNode {
  return (
    <Paper withBorder p="md" component="fieldset" m={0}>
      <Stack gap="sm">
        <Group align="flex-end" wrap="nowrap">
          <TextInput
            label="Conversation"
            description="End with * to match a prefix."
            placeholder="meeting-*"
            maxLength={128}
            flex={1}
            value={grant.name}
            onChange={(event) => onChange({ ...grant, name: event.currentTarget.value })}
          />
          <Select
            label="Role"
            data={['moderator', 'contributor', 'guest']}
            allowDeselect={false}
            w="9rem"
            value={grant.role}
            onChange={(role) => onChange({ ...grant, role: role as Role })}
          />
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={`Remove ${grant.name || 'this conversation'}`}
            onClick={onRemove}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
        <Checkbox.Group
          label="Publish"
          value={[...grant.publish]}
          onChange={(publish) => onChange({ ...grant, publish: publish as Publication[] })}
        >
          <Group mt="xs">
            {['audio', 'video', 'screen', 'data'].map((kind) => (
              <Checkbox key={kind} value={kind} label={kind} />
            ))}
          </Group>
        </Checkbox.Group>
        <Switch
          label="Subscribe to others’ streams"
          checked={grant.subscribe}
          onChange={(event) => onChange({ ...grant, subscribe: event.currentTarget.checked })}
        />
      </Stack>
    </Paper>
  )
}

import { ActionIcon, Button, Group, Input, Radio, Select, Stack } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ApiKeySelect } from '../parts/api-key-select.tsx'
import { ROLE_WORDS, ROLES, type Role } from '../platform/account.ts'
import type { AccessForm, GrantForm } from './access-form.ts'

type Access = Pick<AccessForm, 'role' | 'grants'>

interface AccessFieldsProps {
  readonly value: Access
  readonly error: ReactNode
  readonly onChange: (change: Partial<Access>) => void
}

/** The access of an account: a role for the platform, and roles for single API keys. */
export function AccessFields({ value, error, onChange }: AccessFieldsProps): ReactNode {
  const { role, grants } = value
  const nextId = Math.max(-1, ...grants.map(({ id }) => id)) + 1
  const put = (grant: GrantForm) => onChange({ grants: grants.map((one) => (one.id === grant.id ? grant : one)) })
  return (
    <>
      <Radio.Group label="Role" value={role} onChange={(chosen) => onChange({ role: chosen as AccessForm['role'] })}>
        <Stack gap="xs" mt="xs">
          {ROLES.map((one) => (
            <Radio key={one} value={one} label={ROLE_WORDS[one].name} description={ROLE_WORDS[one].can} />
          ))}
          <Radio value="some" label="Selected API keys only" description="All other API keys are hidden." />
        </Stack>
      </Radio.Group>
      {role !== 'owner' && (
        <Input.Wrapper
          role="group"
          label={role === 'some' ? 'API keys' : 'Additional roles for single API keys'}
          labelElement="div"
          error={error}
        >
          <Stack gap="xs" my="xs" align="stretch">
            {grants.map((grant, at) => (
              <GrantFields
                key={grant.id}
                label={`Row ${at + 1}`}
                grant={grant}
                onChange={put}
                onRemove={() => onChange({ grants: grants.filter(({ id }) => id !== grant.id) })}
              />
            ))}
            <Group>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconPlus size={14} aria-hidden />}
                onClick={() => onChange({ grants: [...grants, { id: nextId, apiKey: undefined, role: 'developer' }] })}
              >
                Add API key
              </Button>
            </Group>
          </Stack>
        </Input.Wrapper>
      )}
    </>
  )
}

interface GrantFieldsProps {
  readonly label: string
  readonly grant: GrantForm
  readonly onChange: (grant: GrantForm) => void
  readonly onRemove: () => void
}

function GrantFields({ label, grant, onChange, onRemove }: GrantFieldsProps): ReactNode {
  return (
    <Group gap="xs" wrap="nowrap">
      <ApiKeySelect
        aria-label={`${label}: API key`}
        placeholder="API key"
        flex={1}
        miw={0}
        value={grant.apiKey}
        onChange={(apiKey) => onChange({ ...grant, apiKey })}
      />
      <Select
        aria-label={`${label}: role`}
        data={ROLES.map((value) => ({ value, label: ROLE_WORDS[value].name }))}
        value={grant.role}
        allowDeselect={false}
        w="8.5rem"
        onChange={(role) => role !== null && onChange({ ...grant, role: role as Role })}
      />
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${label}: remove`} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  )
}

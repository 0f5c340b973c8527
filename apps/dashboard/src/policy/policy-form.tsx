import {
  Checkbox,
  Group,
  NumberInput,
  Paper,
  Radio,
  Select,
  Stack,
  Switch,
  TagsInput,
  TextInput,
  Title,
} from '@mantine/core'
import type { ReactNode } from 'react'
import { DurationInput } from '../parts/duration-input.tsx'
import type { Policy } from './policy.ts'

const DAY = 86_400
const MAX_CLOCK_SKEW_SECONDS = 300
const DEFAULT_GRACE_SECONDS = 300

interface PolicyFormProps {
  readonly policy: Policy
  readonly onChange: (change: Partial<Policy>) => void
  /** Errors by the name of the setting. */
  readonly errors: Readonly<Record<string, string>>
}

/** The settings of a policy. */
export function PolicyForm(props: PolicyFormProps): ReactNode {
  return (
    <Stack gap="md">
      <Who {...props} />
      <HowLong {...props} />
      <HowMuch {...props} />
      <What {...props} />
    </Stack>
  )
}

function Who({ policy, onChange, errors }: PolicyFormProps): ReactNode {
  return (
    <Part title="Who can register">
      <Switch
        label="Require a token"
        description="Without one, anyone who knows the API key can register as any user. For testing only."
        checked={policy.requireToken}
        onChange={(event) => onChange({ requireToken: event.currentTarget.checked })}
      />
      <Switch
        label="Allow wildcard tokens"
        description="A wildcard token can register as any user. Disallow them once your back end mints a token for each user."
        checked={policy.allowAnyUser}
        onChange={(event) => onChange({ allowAnyUser: event.currentTarget.checked })}
      />
      <Switch
        label="Single-use tokens"
        description="Each token opens one session, so a copied token is useless. Your back end mints a new one for each registration."
        checked={policy.singleUse}
        onChange={(event) => onChange({ singleUse: event.currentTarget.checked })}
      />
      <TagsInput
        label="Allowed origins"
        description="The web pages that can register, such as https://shop.example or https://*.shop.example. Leave empty to allow every origin, and programs without one."
        placeholder={policy.origins === undefined ? 'All origins' : ''}
        clearButtonProps={{ 'aria-label': 'Clear all origins' }}
        value={[...(policy.origins ?? [])]}
        error={errors['origins']}
        onChange={(origins) => onChange({ origins: origins.length === 0 ? undefined : origins })}
      />
      <TextInput
        label="Audience"
        description="The aud claim that tokens must contain. ApiRTC’s tokens use apiRTC."
        value={policy.audience}
        error={errors['audience']}
        onChange={(event) => onChange({ audience: event.currentTarget.value })}
      />
    </Part>
  )
}

function HowLong({ policy, onChange, errors }: PolicyFormProps): ReactNode {
  const { onExpiry } = policy
  const kind = typeof onExpiry === 'object' ? 'grace' : onExpiry
  return (
    <Part title="Lifetime">
      <DurationInput
        label="Maximum token lifetime"
        description="Tokens with a longer lifetime are refused. A short lifetime limits the use of a stolen token."
        value={policy.maxTtlSeconds}
        max={DAY}
        error={errors['maxTtlSeconds']}
        onChange={(maxTtlSeconds) => onChange({ maxTtlSeconds })}
      />
      <Radio.Group
        label="When a session’s token expires without renewal"
        value={kind}
        onChange={(chosen) =>
          onChange({
            onExpiry: chosen === 'grace' ? { graceSeconds: DEFAULT_GRACE_SECONDS } : (chosen as 'disconnect'),
          })
        }
      >
        <Stack gap="xs" mt="xs">
          <Radio value="disconnect" label="End the session" description="The safest choice." />
          <Radio value="grace" label="End the session after a grace period" description="Allows for a late renewal." />
          <Radio value="keep" label="Keep the session" description="Tokens are checked at registration only." />
        </Stack>
      </Radio.Group>
      {typeof onExpiry === 'object' && (
        <DurationInput
          label="Grace period"
          value={onExpiry.graceSeconds}
          max={DAY}
          onChange={(graceSeconds) => onChange({ onExpiry: { graceSeconds } })}
        />
      )}
      <NumberInput
        label="Allowed clock difference, in seconds"
        description="Between your back end and the platform. Use 0 if both clocks are synchronized; a higher value accepts tokens earlier and later."
        min={0}
        max={MAX_CLOCK_SKEW_SECONDS}
        allowDecimal={false}
        maw="12rem"
        value={policy.clockSkewSeconds}
        error={errors['clockSkewSeconds']}
        onChange={(seconds) => typeof seconds === 'number' && onChange({ clockSkewSeconds: seconds })}
      />
    </Part>
  )
}

function HowMuch({ policy, onChange, errors }: PolicyFormProps): ReactNode {
  const { sessionsPerUser, rateLimits } = policy
  const limit = (
    name: 'registrationsPerMinute' | 'connectionAttemptsPerMinute',
    label: string,
    description: string,
  ) => (
    <NumberInput
      label={label}
      description={description}
      placeholder="No limit"
      min={1}
      max={100_000}
      allowDecimal={false}
      maw="22rem"
      value={rateLimits[name] ?? ''}
      error={errors[`rateLimits.${name}`]}
      onChange={(count) => {
        const { [name]: _before, ...others } = rateLimits
        onChange({ rateLimits: typeof count === 'number' ? { ...others, [name]: count } : others })
      }}
    />
  )
  return (
    <Part title="Limits">
      <NumberInput
        label="Sessions per user"
        description="Each tab and device is a session."
        placeholder="No limit"
        min={1}
        max={1_000}
        allowDecimal={false}
        maw="22rem"
        value={sessionsPerUser?.most ?? ''}
        error={errors['sessionsPerUser.most']}
        onChange={(most) =>
          onChange({
            sessionsPerUser:
              typeof most === 'number' ? { most, beyond: sessionsPerUser?.beyond ?? 'refuse' } : undefined,
          })
        }
      />
      {sessionsPerUser !== undefined && (
        <Radio.Group
          label="Beyond the limit"
          value={sessionsPerUser.beyond}
          onChange={(beyond) => onChange({ sessionsPerUser: { ...sessionsPerUser, beyond: beyond as 'refuse' } })}
        >
          <Group mt="xs">
            <Radio value="refuse" label="Refuse the new session" />
            <Radio value="close_oldest" label="Close the oldest session" />
          </Group>
        </Radio.Group>
      )}
      {limit('registrationsPerMinute', 'Registrations per user per minute', 'Renewals don’t count.')}
      {limit(
        'connectionAttemptsPerMinute',
        'Connection attempts per address per minute',
        'Many users can share an address, for example in an office.',
      )}
      <NumberInput
        label="Sessions per user in a conversation"
        min={1}
        max={200}
        allowDecimal={false}
        maw="22rem"
        value={policy.sessionsPerUserInConversation}
        error={errors.sessionsPerUserInConversation}
        onChange={(count) => typeof count === 'number' && onChange({ sessionsPerUserInConversation: count })}
      />
      <NumberInput
        label="Messages per session per second"
        min={1}
        max={10_000}
        allowDecimal={false}
        maw="22rem"
        value={rateLimits.messagesPerSecond}
        error={errors['rateLimits.messagesPerSecond']}
        onChange={(count) =>
          typeof count === 'number' && onChange({ rateLimits: { ...rateLimits, messagesPerSecond: count } })
        }
      />
    </Part>
  )
}

function What({ policy, onChange }: PolicyFormProps): ReactNode {
  const { permissions } = policy
  const change = (part: Partial<Policy['permissions']>) => onChange({ permissions: { ...permissions, ...part } })
  return (
    <Part title="Default permissions, for tokens that set none">
      <Select
        label="Role"
        description="A moderator can eject others from a conversation."
        data={['moderator', 'contributor', 'guest']}
        allowDeselect={false}
        maw="22rem"
        value={permissions.role}
        onChange={(role) => role !== null && change({ role: role as 'guest' })}
      />
      <Checkbox.Group
        label="Publish"
        value={[...permissions.publish]}
        onChange={(publish) => change({ publish: publish as ('audio' | 'video')[] })}
      >
        <Group mt="xs">
          {['audio', 'video', 'screen', 'data'].map((kind) => (
            <Checkbox key={kind} value={kind} label={kind} />
          ))}
        </Group>
      </Checkbox.Group>
      <Switch
        label="Subscribe to others’ streams"
        checked={permissions.subscribe}
        onChange={(event) => change({ subscribe: event.currentTarget.checked })}
      />
    </Part>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <Paper withBorder p="lg" component="fieldset" m={0}>
      <Stack gap="lg">
        <Title order={3} component="legend" fz="md" p={0}>
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  )
}

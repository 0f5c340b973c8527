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
  /** What is wrong, by the name of the decision. */
  readonly errors: Readonly<Record<string, string>>
}

/** The decisions of a policy, with what each choice means. */
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
    <Part title="Who comes in">
      <Switch
        label="A token is needed"
        description="Without, whoever knows the API key comes in under any name. For trying out alone."
        checked={policy.requireToken}
        onChange={(event) => onChange({ requireToken: event.currentTarget.checked })}
      />
      <Switch
        label="Wildcard tokens are admitted"
        description="A token that names no user is good for whichever user its bearer says. Refuse them, once your back end mints for each user."
        checked={policy.allowAnyUser}
        onChange={(event) => onChange({ allowAnyUser: event.currentTarget.checked })}
      />
      <Switch
        label="Each token opens one session"
        description="A token that was copied on its way opens nothing more. Back ends then mint one for each registration."
        checked={policy.singleUse}
        onChange={(event) => onChange({ singleUse: event.currentTarget.checked })}
      />
      <TagsInput
        label="Origins"
        description="The pages that are let in, such as https://shop.example or https://*.shop.example. Left empty, every origin is, and programs that have none."
        placeholder={policy.origins === undefined ? 'Every origin' : ''}
        clearButtonProps={{ 'aria-label': 'Clear all origins' }}
        value={[...(policy.origins ?? [])]}
        error={errors['origins']}
        onChange={(origins) => onChange({ origins: origins.length === 0 ? undefined : origins })}
      />
      <TextInput
        label="Audience"
        description="What the aud of a token must name. ApiRTC’s tokens say apiRTC."
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
    <Part title="For how long">
      <DurationInput
        label="Tokens live at most"
        description="One that lives longer is refused. Short lives keep small what a stolen token is good for."
        value={policy.maxTtlSeconds}
        max={DAY}
        error={errors['maxTtlSeconds']}
        onChange={(maxTtlSeconds) => onChange({ maxTtlSeconds })}
      />
      <Radio.Group
        label="When the token of a session ends and was not renewed"
        value={kind}
        onChange={(chosen) =>
          onChange({
            onExpiry: chosen === 'grace' ? { graceSeconds: DEFAULT_GRACE_SECONDS } : (chosen as 'disconnect'),
          })
        }
      >
        <Stack gap="xs" mt="xs">
          <Radio value="disconnect" label="The session ends" description="The safest, and what a token’s end says." />
          <Radio value="grace" label="The session goes on for a while" description="Room for a slow renewal." />
          <Radio value="keep" label="The session goes on" description="Only who comes in is looked at." />
        </Stack>
      </Radio.Group>
      {typeof onExpiry === 'object' && (
        <DurationInput
          label="It goes on for"
          value={onExpiry.graceSeconds}
          max={DAY}
          onChange={(graceSeconds) => onChange({ onExpiry: { graceSeconds } })}
        />
      )}
      <NumberInput
        label="Clocks may differ by, in seconds"
        description="Between your back end and the platform. 0 where both keep time; more lets tokens in early and late."
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
    <Part title="How much">
      <NumberInput
        label="Sessions of one user at a time"
        description="One for each tab and device."
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
          label="One more than that"
          value={sessionsPerUser.beyond}
          onChange={(beyond) => onChange({ sessionsPerUser: { ...sessionsPerUser, beyond: beyond as 'refuse' } })}
        >
          <Group mt="xs">
            <Radio value="refuse" label="is refused" />
            <Radio value="close_oldest" label="closes the oldest" />
          </Group>
        </Radio.Group>
      )}
      {limit('registrationsPerMinute', 'New sessions of one user a minute', 'Renewals are not counted.')}
      {limit(
        'connectionAttemptsPerMinute',
        'Attempts from one address a minute',
        'Many users may share an address, as in an office.',
      )}
      <NumberInput
        label="Sessions of one user in one conversation"
        min={1}
        max={200}
        allowDecimal={false}
        maw="22rem"
        value={policy.sessionsPerUserInConversation}
        error={errors.sessionsPerUserInConversation}
        onChange={(count) => typeof count === 'number' && onChange({ sessionsPerUserInConversation: count })}
      />
      <NumberInput
        label="Messages of one session a second"
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
    <Part title="What they may do, where their token does not say">
      <Select
        label="Role"
        description="A moderator may take others out of a conversation."
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
        label="Receive what the others publish"
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

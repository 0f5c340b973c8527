import { Group, Input, NumberInput, Select } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'

const UNITS = [
  { value: '1', label: 'seconds' },
  { value: '60', label: 'minutes' },
  { value: '3600', label: 'hours' },
]

interface DurationInputProps {
  readonly label: string
  readonly description?: ReactNode
  readonly error?: string | undefined
  /** In seconds. */
  readonly value: number
  readonly min?: number
  /** In seconds. */
  readonly max: number
  readonly onChange: (seconds: number) => void
}

/** A duration, in the largest unit that fits. */
export function DurationInput({
  label,
  description,
  error,
  value,
  min = 1,
  max,
  onChange,
}: DurationInputProps): ReactNode {
  const id = useId()
  const [unit, setUnit] = useState(() => largestUnitOf(value))
  return (
    <Input.Wrapper label={label} description={description} error={error} labelProps={{ htmlFor: id }}>
      <Group gap="xs" mt={4} wrap="nowrap">
        <NumberInput
          id={id}
          w="8rem"
          allowNegative={false}
          allowDecimal={false}
          min={Math.ceil(min / unit)}
          max={Math.floor(max / unit)}
          clampBehavior="blur"
          value={Math.round(value / unit)}
          onChange={(count) => typeof count === 'number' && onChange(count * unit)}
        />
        <Select
          aria-label={`${label}: unit`}
          w="8rem"
          data={UNITS}
          value={String(unit)}
          allowDeselect={false}
          onChange={(size) => {
            setUnit(Number(size))
            onChange(Math.max(min, Math.min(max, Math.round(value / unit) * Number(size))))
          }}
        />
      </Group>
    </Input.Wrapper>
  )
}

function largestUnitOf(seconds: number): number {
  return seconds > 0 ? ([3_600, 60].find((size) => seconds % size === 0) ?? 1) : 1
}

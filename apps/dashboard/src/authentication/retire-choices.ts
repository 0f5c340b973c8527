/** When a key may end, in seconds from now, as a form says it. */
export const RETIRE_CHOICES = [
  { value: '0', label: 'Now' },
  { value: '3600', label: 'In an hour' },
  { value: '86400', label: 'In a day' },
  { value: '604800', label: 'In a week' },
  { value: '2592000', label: 'In 30 days' },
]

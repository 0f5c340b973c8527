export { AdminError, type FieldError } from './admin-error.ts'
export { type Admin, type AdminOptions, createAdmin } from './create-admin.ts'
export type { AdminMethod, Answer, InitArgument, ItemOf, ListPath, Page, PathOf } from './methods.ts'
export type * from './schema.ts'

import { findElement } from './find-element.ts'
import type { DevicePickers } from './media/device-pickers.ts'

const dialog = findElement('device-dialog', HTMLDialogElement)
const openButton = findElement('device-open', HTMLButtonElement)
const closeButton = findElement('device-close', HTMLButtonElement)

/** Opens the pickers of devices in a dialog during the call. */
export function connectDeviceDialog(pickers: DevicePickers): void {
  openButton.addEventListener('click', () => {
    pickers.showIn(dialog)
    dialog.showModal()
  })
  closeButton.addEventListener('click', () => dialog.close())
  dialog.addEventListener('close', () => pickers.hide())
  // A click on the backdrop is one on the dialog itself.
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close()
  })
}

export function closeDeviceDialog(): void {
  dialog.close()
}

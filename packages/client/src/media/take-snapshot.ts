/** Draws the frame that a MediaStream shows at this moment. Resolves with a PNG as a data URL. */
export async function takeSnapshot(mediaStream: MediaStream): Promise<string> {
  if (mediaStream.getVideoTracks().length === 0) throw new Error('A stream without video has no picture')
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = mediaStream
  try {
    await video.play()
    const canvas = document.createElement('canvas')
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    canvas.getContext('2d')?.drawImage(video, 0, 0)
    return canvas.toDataURL('image/png')
  } finally {
    video.srcObject = null
  }
}

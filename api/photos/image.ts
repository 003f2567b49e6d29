/** What a camera or phone at the bench makes. */
export const imageTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type ImageType = (typeof imageTypes)[number];

/** What a file is by its first bytes, whatever it calls itself; null where it is no picture that is taken. */
export function imageTypeOf(bytes: Buffer): ImageType | null {
  const starts = (signature: readonly number[], at = 0) =>
    bytes.subarray(at, at + signature.length).equals(Buffer.from(signature));
  if (starts([0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (starts([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  const isRiff = starts([0x52, 0x49, 0x46, 0x46]) && starts([0x57, 0x45, 0x42, 0x50], 8);
  return isRiff ? 'image/webp' : null;
}

/** A picture of black and white, one byte per pixel: 1 is black. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

export function createBitmap(width: number, height: number): Bitmap {
  return { width, height, pixels: new Uint8Array(width * height) };
}

/** Blackens a rectangle; what lies outside the picture is lost. */
export function fill({ width, height, pixels }: Bitmap, x: number, y: number, w: number, h: number): void {
  const [left, right] = [Math.max(0, x), Math.min(width, x + w)];
  if (left >= right) return;
  for (let row = Math.max(0, y); row < Math.min(height, y + h); row += 1) {
    pixels.fill(1, row * width + left, row * width + right);
  }
}

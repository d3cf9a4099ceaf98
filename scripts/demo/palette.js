const COLOURS = 256;

/** So many are taken because they are frequent; the others because nothing near them was taken. */
const FREQUENT = 64;

/**
 * A picture with at most 256 colours. A page is flat areas and smoothed edges of letters, so that nobody sees the
 * difference, and the file is half as large.
 *
 * @param {{ width: number, height: number, pixels: Buffer }} picture
 */
export function withPalette({ width, height, pixels }) {
  const counts = new Map();
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = pixels.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const colours = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([colour, count]) => ({
      colour,
      count,
      channels: channelsOf(colour),
      index: 0,
      distance: Number.POSITIVE_INFINITY,
    }));

  const palette = [];
  while (palette.length < Math.min(COLOURS, colours.length)) {
    const next = palette.length < FREQUENT ? colours[palette.length] : worstServed(colours);
    for (const other of colours) serve(other, next.channels, palette.length);
    palette.push(next.channels);
  }

  const indexOf = new Map(colours.map(({ colour, index }) => [colour, index]));
  const indices = new Uint8Array(width * height);
  for (let pixel = 0; pixel < indices.length; pixel += 1) {
    indices[pixel] = indexOf.get(pixels.readUIntBE(pixel * 3, 3));
  }
  return { width, height, palette, indices };
}

/** The colour that is farthest from the palette, and has pixels enough to be seen. */
function worstServed(colours) {
  const harm = ({ distance, count }) => distance * Math.sqrt(count);
  return colours.reduce((worst, colour) => (harm(colour) > harm(worst) ? colour : worst));
}

/** Gives a colour this entry of the palette, if it is nearer than what the colour has. */
function serve(colour, channels, index) {
  const distance = channels.reduce((sum, value, channel) => sum + (value - colour.channels[channel]) ** 2, 0);
  if (distance < colour.distance) Object.assign(colour, { distance, index });
}

function channelsOf(colour) {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];

/** Colours of a sky from zenith to horizon; hills and sun are derived from them. */
const skies: readonly (readonly [zenith: Colour, middle: Colour, horizon: Colour])[] = [
  [
    [38, 52, 104],
    [196, 106, 120],
    [255, 196, 120],
  ],
  [
    [92, 74, 140],
    [232, 128, 158],
    [255, 214, 190],
  ],
  [
    [24, 58, 92],
    [88, 138, 168],
    [250, 210, 150],
  ],
  [
    [58, 40, 98],
    [150, 92, 160],
    [250, 170, 130],
  ],
  [
    [70, 104, 136],
    [148, 180, 200],
    [240, 228, 210],
  ],
];
/** Fog has no horizon. */
const fog: (typeof skies)[number] = [
  [176, 184, 190],
  [198, 203, 206],
  [212, 214, 212],
];
const HORIZON = 0.66;

/** Paints a dawn as a PNG: the same name always gives the same sun, hills and water. Size in pixels. */
export function paintDawn(name: string, width = 640, height = 360): Buffer {
  const seed = crc32(name);
  const [zenith, middle, low] = name.startsWith('fog') ? fog : (skies[seed % skies.length] ?? fog);
  const sunX = 0.25 + ((seed >>> 8) % 50) / 100;
  const sunY = HORIZON - 0.06 - ((seed >>> 4) % 12) / 100;
  const glow = name.startsWith('fog') ? 0.1 : 1;
  const phase = (seed >>> 12) % 100;

  const sky = (x: number, y: number): Colour => {
    const depth = Math.min(y / HORIZON, 1);
    const base = depth < 0.5 ? mix(zenith, middle, depth * 2) : mix(middle, low, depth * 2 - 1);
    const distance = Math.hypot((x - sunX) * (width / height), y - sunY);
    if (distance < 0.05) return mix(base, [255, 246, 214], glow);
    return mix(base, [255, 226, 170], glow * 0.65 * Math.exp(-distance * 5));
  };
  const ridge = (x: number, layer: number): number =>
    HORIZON -
    0.05 +
    layer * 0.035 -
    0.045 * Math.sin(x * (5 + layer * 3) + phase + layer) -
    0.02 * Math.sin(x * (13 + layer * 5) + phase * 2);
  const land = (x: number, y: number): Colour => {
    for (const layer of [2, 1, 0])
      if (y > ridge(x, layer))
        return mix(low, mix(zenith, [10, 14, 30], 0.5), (0.35 + layer * 0.22) * (glow + 0.2));
    return sky(x, y);
  };
  const pixel = (x: number, y: number): Colour => {
    if (y <= HORIZON) return land(x, y);
    const ripple = 0.006 * Math.sin(y * 260 + Math.sin(x * 20 + phase) * 2);
    const mirrored = HORIZON - (y - HORIZON) * 1.2 + ripple;
    return mix(land(x + ripple * 2, mirrored), zenith, 0.18 + (y - HORIZON) * 0.9);
  };

  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      rows.set(pixel(x / width, y / height), y * (width * 3 + 1) + 1 + x * 3);
  return png(width, height, rows);
}

function mix(a: Colour, b: Colour, share: number): Colour {
  const at = Math.min(Math.max(share, 0), 1);
  return [a[0] + (b[0] - a[0]) * at, a[1] + (b[1] - a[1]) * at, a[2] + (b[2] - a[2]) * at];
}

/** Eight bits per channel, no alpha; each row begins with filter type 0 (PNG specification, 7.2 and 9). */
function png(width: number, height: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

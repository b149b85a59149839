import { fileURLToPath } from 'node:url';

const FONT_FILE = '@expo-google-fonts/oxygen/400Regular/Oxygen_400Regular.ttf';

/** The font that pictures are drawn with; it has Latin letters and digits. */
export const PICTURE_FONT = 'Oxygen';

/**
 * Turns a chart into a PNG of its own size, on another thread. The chart's font must be `PICTURE_FONT`: fonts of the machine
 * aren't used, because servers often have none.
 */
export async function toPng(svg: string): Promise<Buffer> {
  // A native module of 4 MB that few processes ever need.
  const { renderAsync } = await import('@resvg/resvg-js');
  const font = {
    fontFiles: [fileURLToPath(import.meta.resolve(FONT_FILE))],
    loadSystemFonts: false,
    defaultFontFamily: PICTURE_FONT,
  };
  const image = await renderAsync(svg, { font });
  return image.asPng();
}

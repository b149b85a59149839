import type { Picture } from './picture-names.ts';

const escaped = (text: string): string => text.replace(/[&<>"]/gu, (sign) => `&#${sign.charCodeAt(0)};`);

/** A page with all pictures; a line marks the height of a phone's screen. */
export function contactSheet(pictures: readonly Picture[], foldPx: number): string {
  const figures = pictures.map(
    ({ file, title }) => `<figure data-name="${escaped(file.toLowerCase())}">
<figcaption><b>${escaped(file)}</b> ${escaped(title)}</figcaption>
<a href="${encodeURIComponent(file)}"><img src="${encodeURIComponent(file)}" alt="" loading="lazy"></a>
</figure>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Postrider: every screen</title>
<style>
body { margin: 16px; background: #222; color: #eee; font: 13px/1.4 system-ui, sans-serif; }
main { display: flex; flex-wrap: wrap; gap: 24px 16px; align-items: flex-start; }
figure { margin: 0; max-width: 400px; }
figcaption { height: 3.2em; overflow: hidden; overflow-wrap: anywhere; }
a { position: relative; display: block; overflow: hidden; }
a::after { content: ""; position: absolute; inset: ${foldPx}px 0 auto; border-top: 2px dashed #f5a; }
img { display: block; max-width: 400px; }
</style>
<h1>${pictures.length} screens</h1>
<main>
${figures.join('\n')}
</main>
</html>
`;
}

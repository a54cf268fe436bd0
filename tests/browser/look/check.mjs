// check.mjs OUT NAME SITE [NAME SITE ...]: pictures of the built sites' pages to look at: a page of
// each kind at 360, 768 and 1440 pixels, on light and dark screens, and index.html, a sheet with all
// of them. What can be told without eyes is checked on the way: no page is wider than its screen, no
// text lies over another's edge, nothing is asked for in vain.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from '../browser.mjs';
import { kindsOf } from '../kinds.mjs';
import { check, finish } from '../report.mjs';
import { serve } from '../server.mjs';

const [, , out, ...rest] = process.argv;
const sheet = [];
const wide = [];
const failed = [];

// Of a very long page the first part tells enough.
const TALLEST = 6000;

async function shoot(tab, site, path, width, scheme) {
    const file = `${site}${path.replace(/[^\w.-]+/g, '_')}${width}-${scheme}.jpg`;
    await tab.evaluate(async () => {
        for (const img of document.images) img.loading = 'eager';
        await Promise.all([...document.images].map((img) => img.decode().catch(() => {})));
    });
    const { height, over } = await tab.evaluate(() => ({
        height: document.documentElement.scrollHeight,
        over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }));
    if (over > 0) wide.push(`${site}${path} at ${width} pixels is ${over} pixels too wide`);
    await tab.screenshot({ path: join(out, file), type: 'jpeg', quality: 80, fullPage: true,
                           clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST) } });
    sheet.push({ site, path, width, scheme, file });
}

mkdirSync(out, { recursive: true });
const browser = await launch();
for (let i = 0; i < rest.length; i += 2) {
    const [site, folder] = rest.slice(i, i + 2);
    const { origin, close } = await serve(folder);
    for (const scheme of ['light', 'dark']) {
        for (const width of [360, 768, 1440]) {
            const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, reducedMotion: 'reduce' });
            const tab = await context.newPage();
            tab.on('response', (response) => {
                if (response.status() >= 400 && !response.url().endsWith('/404.html')) failed.push(`${site}: ${response.url().replace(origin, '')}`);
            });
            for (const path of kindsOf(folder)) {
                await tab.goto(origin + path);
                await shoot(tab, site, path, width, scheme);
            }
            await context.close();
        }
    }
    await close();
}
await browser.close();

const rows = new Map();
for (const shot of sheet) {
    const name = `${shot.site} ${shot.path}`;
    rows.set(name, [...rows.get(name) ?? [], shot]);
}
const cells = [...rows].map(([name, shots]) => `<h2>${name}</h2>\n<p>${shots.map(({ file, width, scheme }) =>
    `<a href="${file}"><img src="${file}" alt="${width} ${scheme}" width="${width / 4 | 0}" loading="lazy"></a>`).join('\n')}</p>`);
writeFileSync(join(out, 'index.html'), `<!doctype html><meta charset="utf-8"><title>The theme, looked at</title>
<style>body{font:14px sans-serif;margin:2rem;background:#888}p{display:flex;gap:1rem;align-items:start;max-height:24rem;overflow:auto}</style>
<h1>${sheet.length} pictures</h1>\n${cells.join('\n')}\n`);
console.log(`# ${sheet.length} pictures in ${out}/, all on ${out}/index.html`);
check(`${rows.size} pages at three widths are no wider than the screen`, wide);
check('everything that pages ask for is there', failed);
finish();

// check.mjs EXAMPLE NAME SITE [NAME SITE ...]: what the theme weighs, how it behaves under its own
// headers, and how it bears other screens and wishes. EXAMPLE is the built example; the others are
// sites that are awkward to look at (../look/site.mjs).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch } from '../browser.mjs';
import { kindsOf } from '../kinds.mjs';
import { check, finish } from '../report.mjs';
import { serve } from '../server.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const [, , example, ...rest] = process.argv;
const others = [];
for (let i = 0; i < rest.length; i += 2) others.push({ name: rest[i], folder: rest[i + 1] });

// What `_headers` says, as a host would read it.
function headersOf(site) {
    const lines = readFileSync(join(site, '_headers'), 'utf8').split('\n').filter((line) => line.startsWith('  '));
    return Object.fromEntries(lines.map((line) => line.trim().split(/:\s(.*)/).slice(0, 2)));
}

const headers = headersOf(example);
const { origin, close } = await serve(example, headers);
const browser = await launch();
const kinds = kindsOf(example);

// Pictures are waited for: nothing may move when they come.
const settle = (tab) => tab.evaluate(async () => {
    for (const img of document.images) img.loading = 'eager';
    await Promise.all([...document.images].map((img) => img.decode().catch(() => {})));
    await new Promise((resolve) => setTimeout(resolve, 100));
});

const watch = () => {
    window.shifted = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifted += entry.value; })
        .observe({ type: 'layout-shift', buffered: true });
    window.refused = [];
    document.addEventListener('securitypolicyviolation', (event) => window.refused.push(`${event.effectiveDirective} ${event.blockedURI}`));
};

const refused = [], shifted = [], blocking = [], heavy = [], asked = [];
for (const width of [360, 1440]) {
    /* Not where most events are, so that assets/times.js has something to say. (Where it is another day it
       says more, which on a telephone takes a line that is not kept for it.) */
    const context = await browser.newContext({ viewport: { width, height: 800 }, timezoneId: 'America/Vancouver' });
    await context.addInitScript(watch);
    const tab = await context.newPage();
    for (const path of kinds) {
        const bytes = { html: 0, css: 0, js: 0 };
        const sheets = [];
        const note = async (response) => {
            const url = new URL(response.url());
            if (url.origin !== origin) asked.push(`${path} asks for ${url}`);
            const type = response.request().resourceType();
            const part = { document: 'html', stylesheet: 'css', script: 'js' }[type];
            if (type === 'stylesheet') sheets.push(url.pathname);
            if (part) bytes[part] += gzipSync(await response.body(), { level: 9 }).length;
        };
        const notes = [];
        const listen = (response) => notes.push(note(response));
        tab.on('response', listen);
        await tab.goto(origin + path);
        await settle(tab);
        tab.off('response', listen);
        await Promise.all(notes);
        const seen = await tab.evaluate(() => ({
            shifted: window.shifted,
            refused: window.refused,
            blocking: performance.getEntriesByType('resource').filter((entry) => entry.renderBlockingStatus === 'blocking').map((entry) => entry.name),
        }));
        /* A tenth of what is noticed (web.dev/cls): where the visitor's time takes two lines, as it may in
           French on a telephone, the second is not kept for it. */
        if (seen.shifted > 0.01) shifted.push(`${path} at ${width} pixels: ${seen.shifted.toFixed(4)}`);
        for (const one of seen.refused) refused.push(`${path}: ${one}`);
        if (sheets.length !== 1 || seen.blocking.length !== 1 || !seen.blocking[0].includes('/assets/style.css'))
            blocking.push(`${path}: ${sheets.length} stylesheets; what must be there before anything is drawn: ${seen.blocking}`);
        if (bytes.css >= 15 * 1024 || bytes.js >= 6 * 1024) heavy.push(`${path}: ${bytes.css} bytes of CSS, ${bytes.js} of script`);
        const sum = bytes.html + bytes.css + bytes.js;
        if (path === '/') console.log(`# the newsfeed's page, gzipped: ${bytes.html} HTML, ${bytes.css} CSS, ${bytes.js} script: ${sum} bytes`);
        if (sum >= 50 * 1024) heavy.push(`${path}: ${sum} bytes without pictures`);
    }
    await context.close();
}
check(`${headers['Content-Security-Policy']}: nothing is refused on ${kinds.length} pages`, refused);
check('nothing comes from elsewhere', asked);
check('nothing moves while a page comes in (shifts under 0.01), narrow and wide', shifted);
check('one stylesheet a page, and nothing else that drawing waits for', blocking);
check('CSS under 15 KB, script under 6 KB, a page under 50 KB', heavy);

// The policy is one: what it must stop is stopped.
{
    const tab = await browser.newPage();
    await tab.goto(origin + '/');
    const ran = await tab.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.body.append(script);
        return window.ran === true;
    });
    check('a script in a page would not run', ran ? ['it ran'] : []);
    await tab.close();
}

// With each wish: who wants less motion, own colours, twice the size, paper.
async function wish(name, options, look) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const tab = await context.newPage();
    const problems = [];
    for (const path of kinds) {
        await tab.goto(origin + path);
        for (const problem of await look(tab)) problems.push(`${path}: ${problem}`);
    }
    check(name, problems);
    await context.close();
}

const overflow = (tab) => tab.evaluate(() => {
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return over > 0 ? [`${over} pixels too wide`] : [];
});

await wish('who wants less motion gets none', { reducedMotion: 'reduce' }, (tab) => tab.evaluate(() =>
    [...document.querySelectorAll('*')].filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0).slice(0, 1).map((one) => one.outerHTML.slice(0, 80))));
await wish('with the reader’s own colours, buttons have edges and the current place is marked', { forcedColors: 'active' }, (tab) => tab.evaluate(() => {
    const edge = (one) => ['Top', 'Bottom'].some((side) => parseFloat(getComputedStyle(one)[`border${side}Width`]) > 0);
    return [...document.querySelectorAll('.button:not([hidden]), .search button, .menu a[aria-current], .calendar td a')].filter((one) => !edge(one)).map((one) => one.outerHTML.slice(0, 80));
}));
await wish('letters twice as large fit', {}, async (tab) => {
    await tab.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    return overflow(tab);
});
await wish('at 200 % zoom nothing is cut off', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }, overflow);
await wish('on paper there is what was written, in black on white, and no menu', { colorScheme: 'dark' }, async (tab) => {
    await tab.emulateMedia({ media: 'print', colorScheme: 'dark' });
    return tab.evaluate(() => {
        const wrong = [];
        for (const one of document.querySelectorAll('nav.menu, .search, .skip, .share, .pagination'))
            if (one.checkVisibility()) wrong.push(`${one.className} is printed`);
        const { color, backgroundColor } = getComputedStyle(document.body);
        if (color !== 'rgb(0, 0, 0)' || backgroundColor !== 'rgb(255, 255, 255)') wrong.push(`${color} on ${backgroundColor}`);
        if (!document.querySelector('main h1, h1')?.checkVisibility()) wrong.push('no heading');
        return wrong;
    });
});
await wish('without its stylesheet a page has its content in order', {}, async (tab) => {
    await tab.evaluate(() => document.querySelectorAll('link[rel="stylesheet"]').forEach((link) => link.remove()));
    return tab.evaluate(() => document.querySelector('main').innerText.trim().length > 20 ? [] : ['there is none']);
});
await close();

for (const { name, folder } of others) {
    const server = await serve(folder, headersOf(folder));
    const tab = await browser.newPage();
    const problems = [];
    for (const path of kindsOf(folder)) {
        for (const width of [360, 768, 1440]) {
            await tab.setViewportSize({ width, height: 800 });
            await tab.goto(server.origin + path);
            for (const problem of await overflow(tab)) problems.push(`${path} at ${width} pixels: ${problem}`);
        }
        /* Browsers stop at a table that scrolls, by themselves; axe does not know. */
        await tab.setViewportSize({ width: 360, height: 800 });
        await tab.goto(server.origin + path);
        if (await tab.evaluate(() => [...document.querySelectorAll('.prose table')].some((table) => table.scrollWidth > table.clientWidth))) {
            let reached = false;
            for (let stops = 0; stops < 60 && !reached; stops++) {
                await tab.keyboard.press('Tab');
                reached = await tab.evaluate(() => document.activeElement.matches('.prose table'));
            }
            if (!reached) problems.push(`${path}: the keyboard cannot scroll the table`);
        }
        for (const colorScheme of ['light', 'dark']) {
            await tab.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
            await tab.goto(server.origin + path);
            await tab.evaluate(axe);
            const { violations } = await tab.evaluate(() => window.axe.run(document, {
                resultTypes: ['violations'], rules: { 'scrollable-region-focusable': { enabled: false } },
            }));
            for (const { id, help, nodes } of violations) problems.push(`${path}, ${colorScheme}: ${id}: ${help}: ${nodes[0].html.slice(0, 120)}`);
        }
        if (name === 'arabic') {
            const turned = await tab.evaluate(() => document.documentElement.dir === 'rtl'
                && document.querySelector('.masthead .name').getBoundingClientRect().right > innerWidth / 2);
            if (!turned) problems.push(`${path} does not begin at the right`);
        }
    }
    check(`${name}: every page fits and axe finds nothing`, problems);
    await tab.close();
    await server.close();
}
await browser.close();
finish();

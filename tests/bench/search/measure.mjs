// measure.mjs SITE QUERIES ENGINE: asks every query of a built site in headless Chromium, each in a
// browser context of its own (so with nothing cached), over a line of 150 ms and 1.6 Mbit/s on a
// processor slowed down four times. Prints JSON: bytes and milliseconds a query, and the rank of the
// known answers.
import { readFileSync } from 'node:fs';
import { launch } from '../../browser/browser.mjs';
import { serve } from '../../browser/server.mjs';

const [, , site, list, engine] = process.argv;
const { queries, known } = JSON.parse(readFileSync(list, 'utf8'));
const { origin, close } = await serve(site, { 'cache-control': 'max-age=600' });
const browser = await launch();

// The moment of the first result, told by the page itself.
const watch = () => {
    const look = () => {
        if (document.querySelector('#search-results a')) window.firstResult = performance.now();
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
};

const pageOf = ({ lang, text }) => {
    const prefix = lang === 'fr' ? '/fr' : '';
    const page = engine === 'copse' ? `${prefix}/search/` : `${prefix}/bench-pagefind.html`;
    return `${origin}${page}?q=${encodeURIComponent(text)}`;
};

async function ask(query, slow) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en' });
    const tab = await context.newPage();
    const bytes = { index: 0, pages: 0, script: 0 };
    await tab.addInitScript(watch);
    if (slow) {
        const session = await context.newCDPSession(tab);
        await session.send('Network.enable');
        await session.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 200e3, uploadThroughput: 100e3 });
        await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    }
    const waiting = [];
    tab.on('response', (response) => {
        const { pathname } = new URL(response.url());
        const kind = /\/pagefind\/|\/search\/[^/]+\./.test(pathname) ? (/\.js$/.test(pathname) ? 'script' : 'index')
            : /search\.js/.test(pathname) ? 'script' : response.request().resourceType() === 'fetch' ? 'pages' : null;
        if (kind) waiting.push(response.body().then((body) => { bytes[kind] += body.length; }, () => {}));
    });
    await tab.goto(pageOf(query));
    const done = engine === 'copse' ? () => document.getElementById('search-status').textContent : () => document.body.dataset.done;
    await tab.waitForFunction(done, null, { timeout: 30000 });
    if (slow) await tab.waitForTimeout(1500);
    await Promise.all(waiting);
    const first = await tab.evaluate(() => window.firstResult ?? null);
    const urls = await tab.evaluate(() => [...document.querySelectorAll('#search-results h2 a')].map((link) => link.pathname));
    if (engine === 'copse' && !slow && await tab.isVisible('#search-more')) {
        await tab.click('#search-more');
        await tab.waitForFunction((count) => document.querySelectorAll('#search-results li').length > count, urls.length);
        urls.push(...await tab.evaluate((count) => [...document.querySelectorAll('#search-results h2 a')].slice(count).map((link) => link.pathname), urls.length));
    }
    await context.close();
    return { ...bytes, first, urls };
}

const asked = [];
for (const query of queries) {
    const { urls, ...told } = await ask(query, true);
    asked.push({ ...query, ...told, results: urls.length });
}
const ranks = [];
for (const query of known) {
    const { urls } = await ask(query, false);
    ranks.push({ ...query, rank: urls.slice(0, 10).indexOf(query.url) + 1 });
}
await browser.close();
await close();
console.log(JSON.stringify({ engine, asked, ranks }));

// measure.mjs COPSE-SITE PAGEFIND-SITE QUERIES: asks every query of both built sites in headless
// Chromium, the one right after the other so that a busy machine is busy for both, each in a browser
// context of its own (so with nothing cached), over a line of 150 ms and 1.6 Mbit/s on a processor
// slowed down four times. Prints JSON: bytes and milliseconds a query, and the rank of the known
// answers.
import { readFileSync } from 'node:fs';
import { launch } from '../../browser/browser.mjs';
import { serve } from '../../browser/server.mjs';

const [, , copseSite, pagefindSite, list] = process.argv;
const { queries, known } = JSON.parse(readFileSync(list, 'utf8'));
const browser = await launch();
const engines = [
    { name: 'copse', page: 'search/', done: () => document.getElementById('search-status').textContent, ...await serve(copseSite, { 'cache-control': 'max-age=600' }) },
    { name: 'pagefind', page: 'bench-pagefind.html', done: () => document.body.dataset.done, ...await serve(pagefindSite, { 'cache-control': 'max-age=600' }) },
];

// The moment of the first result, told by the page itself.
const watch = () => {
    const look = () => {
        if (document.querySelector('#search-results a')) window.firstResult = performance.now();
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
};

// What a path that was fetched counts as.
const kindOf = (path, isFetch) => /\/pagefind\/|\/search\/[^/]+\./.test(path) ? (/\.js$/.test(path) ? 'script' : 'index')
    : /search\.js/.test(path) ? 'script' : isFetch ? 'pages' : null;

async function slowDown(context, tab) {
    const session = await context.newCDPSession(tab);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 200e3, uploadThroughput: 100e3 });
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

async function ask(engine, { lang, text }, slow) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en' });
    const tab = await context.newPage();
    const bytes = { index: 0, pages: 0, script: 0 };
    const waiting = [];
    await tab.addInitScript(watch);
    if (slow) await slowDown(context, tab);
    tab.on('response', (response) => {
        const kind = kindOf(new URL(response.url()).pathname, response.request().resourceType() === 'fetch');
        if (kind) waiting.push(response.body().then((body) => { bytes[kind] += body.length; }, () => {}));
    });
    await tab.goto(`${engine.origin}${lang === 'fr' ? '/fr' : ''}/${engine.page}?q=${encodeURIComponent(text)}`);
    await tab.waitForFunction(engine.done, null, { timeout: 60000 });
    if (slow) await tab.waitForTimeout(1500);
    await Promise.all(waiting);
    const first = await tab.evaluate(() => window.firstResult ?? null);
    const links = (from) => tab.evaluate((count) => [...document.querySelectorAll('#search-results h2 a')].slice(count).map((link) => link.pathname), from);
    const urls = await links(0);
    if (engine.name === 'copse' && !slow && await tab.isVisible('#search-more')) {
        await tab.click('#search-more');
        await tab.waitForFunction((count) => document.querySelectorAll('#search-results li').length > count, urls.length);
        urls.push(...await links(urls.length));
    }
    await context.close();
    return { ...bytes, first, urls };
}

const told = Object.fromEntries(engines.map(({ name }) => [name, { asked: [], ranks: [] }]));
for (const [at, query] of queries.entries()) {
    for (const engine of at % 2 ? engines : engines.slice().reverse()) {
        const { urls, ...measured } = await ask(engine, query, true);
        told[engine.name].asked.push({ ...query, ...measured, results: urls.length });
    }
}
for (const query of known) {
    for (const engine of engines) {
        const { urls } = await ask(engine, query, false);
        told[engine.name].ranks.push({ ...query, rank: urls.slice(0, 10).indexOf(query.url) + 1 });
    }
}
await browser.close();
for (const engine of engines) await engine.close();
console.log(JSON.stringify(told));

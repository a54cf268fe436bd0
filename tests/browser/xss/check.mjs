// check.mjs FOLDER: builds the hostile sites of site.mjs there, opens every page of theirs and the
// HTML in their feeds in headless Chromium, and finds whether any script ran, any request left the
// site, or anything stands in a page that could do either when it is touched.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../browser.mjs';
import { addressOf, filesOf, pagesOf } from '../files.mjs';
import { check, finish } from '../report.mjs';
import { serve } from '../server.mjs';
import { payloads, trusted, untrusted } from './site.mjs';

const [, , work] = process.argv;
const here = dirname(fileURLToPath(import.meta.url));
const TABS = 4;
const FRAMES = 40;
const WRAPPER = 'frames-of-the-test-';

// Runs before anything of a page does: what the payloads call leaves a mark.
function mark() {
    window.scriptRan = [];
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
        window[name] = (...values) => {
            window.scriptRan.push(name);
            console.log(`SCRIPT RAN: ${name}(${values.join()})`);
        };
}

// What stands in a page and could run or ask for something later. `feed`: HTML of a feed's entry.
function suspicious(feed) {
    const found = [];
    const scheme = (url) => url.replace(/[\u0000-\u0020]/g, '').match(/^[a-z][a-z0-9+.-]*(?=:)/i)?.[0].toLowerCase();
    // A member's initials, which copse draws: nothing but a square of one colour and at most a few letters on it.
    const initials = (element) => {
        const drawing = element.closest('span.portrait > svg.avatar');
        const text = drawing?.textContent ?? '';
        const letters = text.replace(/[&<>"']/g, (c) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[c]};`);
        const plain = (html) => html.replace(/&quot;/g, '"').replace(/&#39;/g, "'");
        return drawing && [...text].length <= 2 && drawing.children.length === 2
            && /^<rect width="96" height="96" fill="#[0-9a-f]{6}"><\/rect>$/.test(drawing.children[0].outerHTML)
            && plain(drawing.children[1].outerHTML) === plain('<text x="48" y="50" fill="#ffffff" font-size="36" '
                + `text-anchor="middle" dominant-baseline="central">${letters}</text>`);
    };
    const allowed = new Set(['http', 'https', 'mailto', 'tel', 'webcal']);
    for (const element of document.querySelectorAll('*')) {
        const name = element.localName, attributes = [...element.attributes];
        const tell = (what) => found.push(`${what}: ${element.outerHTML.slice(0, 160)}`);
        if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml' && !(!feed && initials(element))) tell('foreign element');
        if (/^(iframe|frame|frameset|object|embed|applet|base|template|portal|marquee|style|textarea|select)$/.test(name)
            && !(name === 'select' && location.pathname.endsWith('/search/'))) // the theme's own choices
            tell('element');
        if (name === 'script' && element.type !== 'application/ld+json'
            && (feed || element.text.trim() || !/^\/assets\/(?:filter|search|times)\.js\?v=[0-9a-f]{8}$/.test(element.getAttribute('src'))))
            tell('script');
        if (name === 'meta' && element.httpEquiv && !location.pathname.endsWith('/old/')) tell('meta');
        if (name === 'link' && !element.href.startsWith(location.origin)
            && !element.href.startsWith('https://site.example/')) tell('link');
        if (name === 'form' && new URL(element.action).origin !== location.origin) tell('form');
        if (name === 'input' && !element.disabled && element.type !== 'search') tell('input');
        for (const { name: key, value } of attributes) {
            if (key.startsWith('on') || /^(style|srcdoc|formaction|ping|background|is)$/.test(key)) tell('attribute');
            if (/^(href|src|action|poster|cite|data|xlink:href)$/.test(key) && scheme(value) && !allowed.has(scheme(value)))
                tell(`address of ${scheme(value)}`);
        }
    }
    // Comments and portraits show no picture of another host.
    for (const image of document.querySelectorAll('.comments img, #comments img, .kind-member img, video, audio, source'))
        if (image.currentSrc && new URL(image.currentSrc).origin !== location.origin) found.push(`outside: ${image.outerHTML}`);
    return found.concat(window.scriptRan.map((call) => `script ran: ${call}`));
}

// Where a picture of another host may be shown.
const mayShow = (path) => /^(\/fr)?\/(articles|events|p\d+|s\d+|named|n\d+|feeds)[/-]/.test(path);

// What stands in a file that is shown by itself: a drawing, a text.
function suspiciousFile() {
    const found = window.scriptRan.map((call) => `script ran: ${call}`);
    if (document.contentType !== 'image/svg+xml')
        return /^(text\/plain|image\/(?!svg))/.test(document.contentType) ? found : found.concat(`opens as ${document.contentType}`);
    for (const element of document.querySelectorAll('*')) {
        const tell = (what) => found.push(`${what}: ${element.outerHTML.slice(0, 160)}`);
        if (element.namespaceURI !== 'http://www.w3.org/2000/svg') tell('foreign element');
        if (/^(script|foreignObject|handler|iframe|style|animate|set|image|a)$/i.test(element.localName)) tell('element');
        for (const { localName, value } of element.attributes) {
            if (/^on|^style$/i.test(localName)) tell('attribute');
            if (localName === 'href' && !value.startsWith('#')) tell('address');
        }
    }
    return found;
}

// Opens every path in a few tabs, many in frames of one page at a time; what is wrong, each with its
// path. `look` finds what is suspicious in one.
async function open(browser, folder, paths, look, argument) {
    const problems = [], wrappers = new Map();
    for (let i = 0; i < paths.length; i += FRAMES)
        wrappers.set(`/${WRAPPER}${i}.html`, paths.slice(i, i + FRAMES));
    const html = [...wrappers].map(([path, inside]) => [path, '<!doctype html><meta charset=utf-8>'
        + inside.map((src) => `<iframe src="${src.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`).join('')]);
    const { origin, close } = await serve(folder, { 'cache-control': 'max-age=3600' }, new Map(html));
    const queue = [...wrappers.keys()];
    const context = await browser.newContext();
    await context.addInitScript(mark);
    const pathOf = (url) => url.startsWith(origin) ? new URL(url).pathname : url;
    const work = async () => {
        const tab = await context.newPage();
        let at = '';
        tab.on('dialog', (dialog) => {
            problems.push(`${at}: a dialog: ${dialog.message()}`);
            dialog.dismiss().catch(() => {});
        });
        tab.on('console', (message) => {
            if (message.text().startsWith('SCRIPT RAN')) problems.push(`${pathOf(message.location().url) || at}: ${message.text()}`);
        });
        tab.on('request', (request) => {
            const url = new URL(request.url());
            if (url.origin === origin || url.protocol === 'data:') return;
            const from = pathOf(request.frame().url());
            if (request.resourceType() === 'image' && mayShow(from)) return;
            problems.push(`${from}: asks for ${request.url()} (${request.resourceType()})`);
        });
        tab.on('popup', (popup) => problems.push(`${at}: opens ${popup.url()}`));
        for (let wrapper; (wrapper = queue.shift()) !== undefined;) {
            at = wrapper;
            try {
                await tab.goto(origin + wrapper, { waitUntil: 'load', timeout: 300000 });
                const frames = tab.frames().slice(1).filter((frame) => frame.parentFrame() === tab.mainFrame());
                const opened = new Set(frames.map((frame) => pathOf(frame.url())));
                for (const path of wrappers.get(wrapper))
                    if (!opened.has(new URL(origin + path).pathname)) problems.push(`${path}: did not open, or leads on`);
                for (const frame of frames)
                    for (const what of await frame.evaluate(look, argument))
                        problems.push(`${pathOf(frame.url())}: ${what}`);
                if (pathOf(tab.url()) !== wrapper) problems.push(`${wrapper}: leads on to ${tab.url()}`);
            } catch (error) {
                problems.push(`${wrapper} (${wrappers.get(wrapper)[0]} …): ${error.message.split('\n')[0]}`);
            }
        }
        // Time for what a page does late.
        await tab.waitForTimeout(500);
    };
    await Promise.all(Array.from({ length: TABS }, work));
    await context.close();
    await close();
    return problems;
}

// The HTML that feeds carry, each entry a page of its own with nothing but it.
function feedPages(site) {
    const pages = new Map();
    const text = (xml) => xml.replace(/^<!\[CDATA\[([^]*)\]\]>$/, '$1').replaceAll('&lt;', '<').replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"').replaceAll('&apos;', "'").replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code))
        .replace(/&#x([\da-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16))).replaceAll('&amp;', '&');
    const add = (html) => pages.set(html, `/feeds/${pages.size}.html`);
    for (const path of filesOf(site)) {
        const read = () => readFileSync(join(site, path), 'utf8');
        if (basename(path) === 'feed.json') for (const item of JSON.parse(read()).items) add(item.content_html ?? '');
        if (/^(feed|rss|comments)\.xml$/.test(basename(path)))
            for (const [, xml] of read().matchAll(/<(?:content|summary)[^>]*type="html"[^>]*>([^]*?)<\/(?:content|summary)>/g))
                add(text(xml));
        if (basename(path) === 'rss.xml')
            for (const [, xml] of read().replace(/^[^]*?(?=<item>)/, '').matchAll(/<(?:description|content:encoded)>([^]*?)<\/(?:description|content:encoded)>/g))
                add(text(xml));
    }
    const folder = `${site}-feeds`;
    mkdirSync(join(folder, 'feeds'), { recursive: true });
    for (const [html, path] of pages) writeFileSync(join(folder, path), `<!doctype html><meta charset=utf-8>${html}`);
    return { folder, paths: [...pages.values()] };
}

// Every second payload, which are more than 300; PAYLOADS=1 takes each.
const step = Number(process.env.PAYLOADS) || 2;
const list = payloads(join(here, '../../xss/payloads.txt')).filter((_, i) => i % step === 0);
const copse = process.env.COPSE;
const trustedErrors = trusted(copse, join(work, 'trusted'), list);
check(`${list.length} payloads in the registries and settings can be built`,
      trustedErrors.map(({ path, line, message }) => `${path}:${line}: ${message}`));
const made = untrusted(copse, join(work, 'untrusted'), list);
check(`${list.length} payloads in ${made.files} files of every kind can be built`, made.files > list.length * 15 ? [] : ['most were refused']);
for (const [what, count] of made.refused) console.log(`    refused: ${what} ${count} times`);

const browser = await launch();
for (const name of ['untrusted', 'trusted']) {
    const site = join(work, name, 'public');
    const pages = pagesOf(site);
    check(`nothing runs and nothing leaves on ${pages.length} pages of ${name} content`, await open(browser, site, pages, suspicious, false));
    const feeds = feedPages(site);
    check(`nothing runs and nothing leaves in ${feeds.paths.length} texts of the feeds of ${name} content`,
          await open(browser, feeds.folder, feeds.paths, suspicious, true));
    const shown = filesOf(site).filter((path) => /^articles\/d\d+\//.test(path) && !path.endsWith('.html')).map(addressOf);
    if (name === 'untrusted')
        check(`nothing runs and nothing leaves in ${shown.length} attached files`,
              shown.length > list.length ? await open(browser, site, shown, suspiciousFile) : ['most were refused']);
    const attached = filesOf(site).filter((path) => /\.(xhtml|xht|mhtml|js|mjs|swf|xsl)$/.test(path)
                                                    && !/^assets\/|^[\w-]+\.js$/.test(path));
    check(`no file of ${name} content is published that a browser would run`, attached.map(addressOf));
}
await browser.close();
finish();

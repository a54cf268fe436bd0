// check.mjs SITE: the built example, a page of each kind in each language and colour scheme: axe-core
// finds no violation, nothing is wider than a telephone, the keyboard reaches the content and the menu
// and, on a walk, everything from the directory to the calendar, pages say what they say without
// script. The Nu checker has no error and no warning on any page at all.
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { launch } from '../browser.mjs';
import { fileOf, kindsOf } from '../kinds.mjs';
import { pagesOf } from '../files.mjs';
import { check, finish, skip } from '../report.mjs';
import { serve } from '../server.mjs';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core'), 'utf8');
const [, , site] = process.argv;

const paths = kindsOf(site);
const { origin, close } = await serve(site, { 'cache-control': 'max-age=3600' });
const browser = await launch();

for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const tab = await context.newPage();
    const problems = [];
    for (const path of paths) {
        await tab.goto(origin + path);
        await tab.evaluate(axe);
        const { violations } = await tab.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
        for (const { id, help, nodes } of violations)
            problems.push(`${path}: ${id}: ${help}: ${nodes[0].html.slice(0, 140)}${nodes.length > 1 ? ` (${nodes.length})` : ''}`);
    }
    check(`axe finds nothing on ${paths.length} pages, ${colorScheme}`, problems);
    await context.close();
}

{
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
    const tab = await context.newPage();
    const wide = [], silent = [];
    for (const path of paths) {
        await tab.goto(origin + path);
        const width = await tab.evaluate(() => document.documentElement.scrollWidth);
        if (width > 360) wide.push(`${path}: ${width} pixels wide`);
        const words = await tab.locator('main').innerText();
        if (words.trim().length < 20 || !(await tab.locator('main h1, main h2').first().isVisible())) silent.push(path);
    }
    check(`${paths.length} pages fit 360 pixels`, wide);
    check(`${paths.length} pages have their content without script`, silent);
    await context.close();
}

{
    const tab = await browser.newPage();
    const problems = [];
    for (const path of paths) {
        await tab.goto(origin + path);
        await tab.keyboard.press('Tab');
        const focused = () => tab.evaluate(() => document.activeElement.matches('.skip') ? 'skip'
            : document.activeElement.closest('header nav, nav.menu') ? 'menu' : document.activeElement.outerHTML.slice(0, 100));
        if (await focused() !== 'skip') problems.push(`${path}: the first stop is ${await focused()}`);
        let stops = 0;
        while (await focused() !== 'menu' && stops < 12) {
            await tab.keyboard.press('Tab');
            stops++;
        }
        if (await focused() !== 'menu') problems.push(`${path}: the menu is not among the first ${stops} stops`);
        await tab.goto(origin + path);
        await tab.keyboard.press('Tab');
        await tab.keyboard.press('Enter');
        if (await tab.evaluate(() => document.activeElement.id) !== 'main') problems.push(`${path}: the skip link leads nowhere`);
    }
    check(`the keyboard reaches the skip link and the menu on ${paths.length} pages`, problems);
}
// A walk with nothing but the keyboard: the menu, the directory, the search, the calendar. Where one stops
// must be seen.
{
    const tab = await browser.newPage();
    const problems = [];
    const at = () => new URL(tab.url()).pathname;
    const to = async (what, reached) => {
        for (let stops = 0; stops < 200; stops++) {
            await tab.keyboard.press('Tab');
            if (!await tab.evaluate(() => document.activeElement === document.body || getComputedStyle(document.activeElement).outlineStyle !== 'none' || document.activeElement.id === 'main'))
                problems.push(`${at()}: no outline on ${await tab.evaluate(() => document.activeElement.outerHTML.slice(0, 80))}`);
            if (await tab.evaluate(reached)) return;
        }
        throw new Error(`${at()}: ${what} cannot be reached`);
    };
    const enter = async (path) => {
        await tab.keyboard.press('Enter');
        await tab.waitForURL((url) => path.test(url.pathname), { timeout: 20000 });
    };
    try {
        await tab.goto(origin + '/');
        await to('the directory in the menu', () => document.activeElement.matches('.menu a[href="/members/"]'));
        await enter(/^\/members\/$/);
        await to('a way to narrow the list', () => document.activeElement.matches('.facet summary'));
        await tab.keyboard.press('Space');
        await to('a designation', () => document.activeElement.matches('.facet[open] a[href^="/designations/"], .facet[open] a[href^="/members/"]'));
        await tab.keyboard.press('Shift+Tab');
        await to('the field that narrows the list', () => document.activeElement.id === 'filter');
        await tab.keyboard.type('guðrún');
        await to('the one who is left', () => document.activeElement.matches('.person a'));
        if (await tab.locator('.person:visible').count() !== 1) problems.push('typing does not narrow the list');
        await enter(/^\/members\/gudrun-thorvaldson\/$/);
        await to('the search', () => document.activeElement.matches('.search input'));
        await tab.keyboard.type('ferry');
        await enter(/^\/search\/$/);
        await tab.locator('#search-results li').first().waitFor({ timeout: 20000 });
        await to('what was found', () => document.activeElement.matches('#search-results a'));
        await enter(/^\/(?!search\/)/); // the page is there before the next one is asked for
        await tab.goto(origin + '/events/2026/12/');
        await to('the next month', () => document.activeElement.matches('nav.pagination a[rel="next"]'));
        await enter(/^\/events\/2027\/01\/$/);
        await tab.goto(origin + '/events/2026/12/');
        await to('an event in the calendar', () => document.activeElement.matches('.calendar td a'));
        await enter(/^\/events\/[a-z-]+\/$/);
        await to('its calendar file', () => document.activeElement.matches('a[href$=".ics"]'));
    } catch (error) {
        problems.push(error.message.split('\n')[0]);
    }
    check('a walk by keyboard: menu, directory, search, calendar', problems);
}
await browser.close();
await close();

let java = true;
try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
} catch {
    java = false;
}
if (java) {
    const jar = join(dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
    const files = pagesOf(site).map((path) => fileOf(site, path));
    const { stdout, status } = spawnSync('java', ['-Xss4m', '-jar', jar, '--stdout', '--format', 'gnu', ...files],
                                         { encoding: 'utf8', maxBuffer: 1 << 28 });
    /* As CommonMark and GitHub print Markdown: cells aligned with an attribute, <br /> with a slash. */
    const printed = /“align” attribute|Trailing slash on void elements/;
    const problems = stdout.split('\n').filter((line) => line && !printed.test(line)).map((line) => line.replaceAll(site, ''));
    if (status !== 0 && problems.length === 0) problems.push(`the checker ended with ${status}`);
    check(`the Nu checker has no error and no warning on ${files.length} pages`, problems);
} else {
    skip('the Nu checker', 'java is not installed');
}
finish();

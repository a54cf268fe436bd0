// check.mjs COPSE WORK: the live preview as someone sees it who writes. A real browser stays on a page
// while files are saved: it follows, takes stylesheets without a reload, shows what is wrong over the
// last good page, and marks what nobody else sees yet.
import { spawn, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from '../browser.mjs';
import { check, finish } from '../report.mjs';

const [, , copse, work] = process.argv;
const site = join(work, 'guild');
rmSync(work, { recursive: true, force: true });
mkdirSync(join(work, 'home'), { recursive: true });
process.env.HOME = join(work, 'home');
delete process.env.XDG_CACHE_HOME;
execFileSync(copse, ['init', '-q', site]);

const file = (path) => join(site, path);
const read = (path) => readFileSync(file(path), 'utf8');
const write = (path, text) => writeFileSync(file(path), text);
// As editors save: aside, then in one step.
const save = (path, text) => { write(path + '~', text); renameSync(file(path + '~'), file(path)); };

// Starts a preview and says where it is.
async function preview() {
    const server = spawn(copse, ['serve', '-C', site], { stdio: ['ignore', 'pipe', 'ignore'] });
    const address = await new Promise((resolve, reject) => {
        let said = '';
        server.stdout.on('data', (bytes) => {
            said += bytes;
            const found = said.match(/^(http:\S+)\/ shows[^]*^(Built|Not shown)/m);
            if (found) resolve(found[1]);
        });
        server.on('exit', () => reject(new Error(`the preview ended: ${said}`)));
    });
    const end = () => new Promise((resolve) => {
        server.on('exit', (status) => resolve(status));
        server.kill('SIGINT');
    });
    return { address, end };
}

const browser = await launch();

// One scene on a page of its own; whatever throws, or is noted as wrong, fails it.
async function scene(name, play) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    context.setDefaultTimeout(15000);
    const tab = await context.newPage();
    const problems = [];
    const want = (what, is) => { if (!is) problems.push(what); };
    tab.on('pageerror', (error) => problems.push(error.message));
    try {
        await play(tab, want);
    } catch (error) {
        problems.push(`${tab.url()}: ${error.message.split('\n')[0]}`);
    }
    check(name, problems);
    await context.close();
}

// Whether the page was loaded anew since: a value in its window would be gone.
const keep = (tab) => tab.evaluate(() => { window.kept = true; });
const kept = (tab) => tab.evaluate(() => window.kept === true);
const about = read('content/pages/about.md');
const title = (text) => about.replace(/^title: .*/m, `title: ${text}`);

let { address, end } = await preview();

await scene('a saved page shows by itself', async (tab, want) => {
    await tab.goto(address + '/about/');
    await keep(tab);
    save('content/pages/about.md', title('Who we are now'));
    await tab.locator('h1', { hasText: 'Who we are now' }).waitFor();
    want('it was loaded anew', !await kept(tab));
    for (let i = 0; i < 100; i++) save('content/pages/about.md', title(`Save ${i}`));
    await tab.locator('h1', { hasText: 'Save 99' }).waitFor();
    save('content/pages/about.md', about);
});

await scene('a stylesheet takes effect without a reload', async (tab, want) => {
    await tab.goto(address + '/about/');
    const colour = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await colour();
    // The site's own stylesheet replaces the theme's: that is a new file, and from then on a change.
    mkdirSync(file('assets'), { recursive: true });
    save('assets/style.css', 'body { background: rgb(1, 2, 3) }\n');
    await tab.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(1, 2, 3)');
    await keep(tab);
    save('assets/style.css', 'body { background: rgb(4, 5, 6) }\n');
    await tab.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(4, 5, 6)');
    want('it was not the colour before', before !== 'rgb(4, 5, 6)');
    want('the page was not loaded anew', await kept(tab));
    want('no stylesheet is left over', await tab.locator('link[href*="style.css"]').count() === 1);
    rmSync(file('assets/style.css'));
    await tab.waitForFunction(() => getComputedStyle(document.body).backgroundColor !== 'rgb(4, 5, 6)');
});

await scene('a mistake is shown with its place over the page that stays, until it is mended', async (tab, want) => {
    await tab.goto(address + '/about/');
    await keep(tab);
    save('content/pages/about.md', about + '\n[Nowhere](nowhere.md)\n');
    const panel = tab.locator('copse-problems section');
    await panel.waitFor();
    const words = await panel.innerText();
    want(`the file and line stand there: ${words}`, /content\/pages\/about\.md:\d+:\d+: error:/.test(words));
    want('the line and a caret under it', /\| \[Nowhere\]\(nowhere\.md\)\n.*\|\s+\^/.test(words));
    want('it is read out', await panel.getAttribute('role') === 'alert');
    want('the page is as it was', await tab.locator('main h1').isVisible() && await kept(tab));
    await tab.goto(address + '/members/');
    await panel.waitFor();
    await panel.getByRole('button', { name: 'Hide' }).click();
    want('it can be put away', await panel.count() === 0);
    await tab.reload();
    await panel.waitFor();
    save('content/pages/about.md', about);
    await panel.waitFor({ state: 'detached' });
});

await scene('drafts and what is scheduled have a ribbon', async (tab, want) => {
    execFileSync(copse, ['new', '-q', '-C', site, 'article', 'Half written', '--author', 'Ada Guest']);
    write('content/articles/later.md', '---\ntitle: Later\ndate: 2999-01-01\nauthor: Ada Guest\n---\n\nSoon.\n');
    const ribbon = tab.locator('copse-ribbon div');
    await tab.waitForTimeout(100);
    for (let i = 0; i < 100 && (await tab.goto(address + '/articles/later/')).status() !== 200; i++)
        await tab.waitForTimeout(100);
    await ribbon.waitFor();
    want('scheduled', (await ribbon.innerText()).startsWith('Scheduled'));
    await tab.goto(address + '/articles/half-written/');
    await ribbon.waitFor();
    want('draft', (await ribbon.innerText()).startsWith('Draft'));
    want('it is over nothing that can be clicked', await tab.evaluate(() =>
        document.elementFromPoint(5, innerHeight - 5).localName !== 'copse-ribbon'));
    await tab.goto(address + '/articles/welcome/');
    want('none on what is published', await ribbon.count() === 0);
});

await scene('begun on a mistake it says so, and shows the site once that is mended', async (tab, want) => {
    want('Ctrl-C ends it well', await end() === 0);
    const good = read('content/site.yml');
    save('content/site.yml', good.replace('title: Your', 'title: [Your'));
    ({ address, end } = await preview());
    await tab.goto(address + '/');
    await tab.locator('h1', { hasText: 'cannot be built yet' }).waitFor();
    want('it says where', (await tab.locator('body').innerText()).includes('content/site.yml:'));
    save('content/site.yml', good);
    await tab.locator('main').waitFor();
    want('it is the home page', (await tab.title()).includes('Your Association'));
});

const status = await end();
check('the preview ends cleanly', status === 0 ? [] : [`its status is ${status}`]);
await browser.close();
finish();

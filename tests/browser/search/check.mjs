// check.mjs SITE: searching in a built site (site.mjs) as people do: with the header's form, by
// keyboard, with accents and without, in quotes, with filters, in scripts without spaces, without
// JavaScript, and with what no honest visitor would type.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch } from '../browser.mjs';
import { check, finish } from '../report.mjs';
import { serve } from '../server.mjs';

const [, , site] = process.argv;
const { origin, close } = await serve(site, { 'content-security-policy': "default-src 'self'" });
const browser = await launch();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function scene(name, options, play, allowed = /$^/) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
    context.setDefaultTimeout(8000);
    const tab = await context.newPage();
    const problems = [];
    const want = (what, is) => { if (!is) problems.push(`${new URL(tab.url()).search}: ${what}`); };
    tab.on('console', (message) => { if (message.type() === 'error' && !allowed.test(message.text())) problems.push(message.text()); });
    tab.on('pageerror', (error) => problems.push(error.message));
    tab.on('dialog', (dialog) => { problems.push(`a script ran: ${dialog.message()}`); dialog.dismiss(); });
    try {
        await play(tab, want);
    } catch (error) {
        problems.push(`${tab.url()}: ${error.message.split('\n')[0]}`);
    }
    check(`search: ${name}`, problems);
    await context.close();
}

const told = (tab) => tab.waitForFunction(() => document.getElementById('search-status').textContent);
const titles = (tab) => tab.locator('main #search-results h2 a').allInnerTexts();

// ask(tab, QUERY): the titles of what a link to that query shows.
async function ask(tab, query, prefix = '') {
    await tab.goto(`${origin}${prefix}/search/?q=${encodeURIComponent(query)}`);
    await told(tab);
    return titles(tab);
}

await scene('without script the form leads to a page that offers the directory, tags and archive', { javaScriptEnabled: false }, async (tab, want) => {
    await tab.goto(origin + '/');
    const form = tab.locator('header form[role="search"]');
    await form.locator('input[name="q"]').fill('salary');
    await form.locator('input[name="q"]').press('Enter');
    await tab.waitForURL('**/search/?q=salary');
    want('it says why there are no results', /script/i.test(await tab.locator('main').innerText()));
    for (const path of ['/members/', '/tags/', '/articles/'])
        want(`it leads to ${path}`, await tab.locator(`main a[href="${path}"]`).count() > 0);
});

await scene('the form in the header leads to results, which are plain links', {}, async (tab, want) => {
    await tab.goto(origin + '/');
    const field = tab.locator('header form[role="search"] input[name="q"]');
    await field.fill('interview');
    await field.press('Enter');
    await tab.waitForURL('**/search/?q=interview');
    await told(tab);
    want('the article is first', (await titles(tab))[0] === 'Interviews without fear');
    await tab.locator('main #search-results a').first().click();
    await tab.waitForURL('**/articles/interviews/');
});

await scene('typing keeps the address up to date, finds by the beginning of the last word, and tells how many', {}, async (tab, want) => {
    await tab.goto(origin + '/search/');
    await tab.locator('#q').pressSequentially('negot');
    await tab.waitForURL('**/search/?q=negot');
    await told(tab);
    want('found by its beginning', (await titles(tab)).includes('Negotiation'));
    want('the status is a live region', await tab.locator('#search-status[role="status"]').count() === 1);
    want('it tells the number', /\d/.test(await tab.locator('#search-status').innerText()));
    want('what was met is marked', (await tab.locator('#search-results mark').allInnerTexts()).some((text) => /negotiation/i.test(text)));
});

await scene('by keyboard alone: proposals, a choice, escape, a result', {}, async (tab, want) => {
    await tab.goto(origin + '/search/');
    const field = tab.locator('#q');
    await field.focus();
    await tab.keyboard.type('interv');
    await tab.waitForSelector('#search-words li');
    want('it is a combobox that is open', await field.getAttribute('aria-expanded') === 'true' && await field.getAttribute('role') === 'combobox');
    await tab.keyboard.press('ArrowDown');
    const active = await field.getAttribute('aria-activedescendant');
    want('the first proposal is told', active && await tab.locator(`#${active}[aria-selected="true"]`).count() === 1);
    const word = await tab.locator(`#${active}`).innerText();
    await tab.keyboard.press('Enter');
    want('it was taken', (await field.inputValue()).trim() === word);
    want('and the list is closed', await field.getAttribute('aria-expanded') === 'false');
    await tab.keyboard.press('Backspace');
    await tab.keyboard.press('Backspace');
    await tab.waitForSelector('#search-words li');
    await tab.keyboard.press('Escape');
    want('escape closes it', await field.getAttribute('aria-expanded') === 'false');
    await tab.waitForSelector('#search-results a');
    for (let i = 0; i < 12 && !await tab.evaluate(() => document.activeElement.closest('#search-results')); i++) await tab.keyboard.press('Tab');
    want('the first result is reached', await tab.evaluate(() => !!document.activeElement.closest('#search-results')));
    await tab.keyboard.press('Enter');
    await tab.waitForURL('**/articles/**');
});

await scene('with accents and without, in both languages', {}, async (tab, want) => {
    for (const word of ['resume', 'résumé', 'RÉSUMÉ'])
        want(`${word} finds the article`, (await ask(tab, word)).includes('Your résumé in an hour'));
    for (const word of ['carrieres', 'carrière', 'Carrières', 'carriere'])
        want(`${word} finds the French article`, (await ask(tab, word, '/fr')).includes('Carrières du Nord'));
});

await scene('a phrase in quotes', {}, async (tab, want) => {
    const loose = await ask(tab, 'salary negotiation');
    want('without quotes both', loose.includes('Negotiation') && loose.includes('Your résumé in an hour'));
    const exact = await ask(tab, '"salary negotiation"');
    want(`in quotes the one: ${exact}`, exact.length === 1 && exact[0] === 'Your résumé in an hour');
    want('short words in it count', (await ask(tab, '"is a person too"')).join() === 'Interviews without fear');
    want('the other way round there is none', (await ask(tab, '"negotiation salary"')).length === 0);
});

await scene('filters, alone and with words, stand in the address', {}, async (tab, want) => {
    await tab.goto(origin + '/search/');
    await tab.locator('#search-filters summary').click();
    await tab.locator('select[name="designation"]').selectOption('mcrs');
    await told(tab);
    want('the holders', (await titles(tab)).sort().join() === 'Ada Byron,Luc Roy');
    want('in the address', new URL(tab.url()).searchParams.get('designation') === 'mcrs');
    await tab.locator('select[name="location"]').selectOption('halifax-ns');
    await tab.waitForFunction(() => document.querySelectorAll('#search-results h2').length === 1);
    const address = tab.url();
    await tab.goto(origin + '/');
    await tab.goto(address);
    await told(tab);
    want('and a link to it shows the same', (await titles(tab)).length === 1);
    want('words and a filter', (await (async () => {
        await tab.goto(`${origin}/search/?q=career&kind=event`);
        await told(tab);
        return titles(tab);
    })()).join() === 'Résumé clinic');
});

await scene('the language something is in can be asked for', {}, async (tab, want) => {
    await tab.goto(`${origin}/search/?q=&language=fr`);
    await told(tab);
    want('in English only the members who speak French', (await titles(tab)).sort().join() === 'Ada Byron,Luc Roy,Noor Haddad');
    await tab.goto(`${origin}/fr/search/?q=&language=fr&kind=article`);
    await told(tab);
    want('in French the article', (await titles(tab)).join() === 'Carrières du Nord');
});

await scene('a practitioner by word, place and credential', {}, async (tab, want) => {
    want('Halifax MCRS', (await ask(tab, 'halifax mcrs'))[0] === 'Ada Byron');
    want('resume strategist Halifax French', (await ask(tab, 'résumé strategist halifax'))[0] === 'Ada Byron');
});

await scene('Chinese and Arabic are found by pieces of words', {}, async (tab, want) => {
    want('职业', (await ask(tab, '职业')).includes('职业规划'));
    want('简历', (await ask(tab, '简历')).includes('职业规划'));
    want('السيرة', (await ask(tab, 'السيرة')).includes('السيرة الذاتية'));
});

await scene('a word that is in every document', {}, async (tab, want) => {
    want('alone it finds them', (await ask(tab, 'career')).length === 8);
    await tab.click('#search-more');
    await tab.waitForFunction(() => document.querySelectorAll('#search-results li').length === 16);
    want('the first of the new ones has the focus', await tab.evaluate(() => document.activeElement.closest('li') === document.querySelectorAll('#search-results li')[8]));
    want('beside another it does not decide', (await ask(tab, 'career snow'))[0].startsWith('Weekly note'));
});

await scene('the last word of a document of five megabytes', {}, async (tab, want) => {
    want('zanzibar', (await ask(tab, 'zanzibar')).join() === 'A very long record');
});

await scene('a misspelt word is understood, and told', {}, async (tab, want) => {
    want('interveiw', (await ask(tab, 'interveiws')).includes('Interviews without fear'));
    want('what was meant is a link', await tab.locator('#search-status a').count() === 1);
    for (const [word, title] of [['negociation', 'Negotiation'], ['ngeotiation', 'Negotiation'], ['negotiatoin', 'Negotiation'], ['nagotiation', 'Negotiation'],
        ['intervews', 'Interviews without fear'], ['zanzibra', 'A very long record'], ['anzibar', 'A very long record'], ['intervewier', 'Interviews without fear']])
        want(`${word} leads to ${title}`, (await ask(tab, word)).includes(title));
    want('Carriere du Nrod', (await ask(tab, 'carières du nrod', '/fr'))[0] === 'Carrières du Nord');
});

await scene('markup in queries and titles stays text', {}, async (tab, want) => {
    await ask(tab, '<img src=x onerror=alert(1)>"><script>alert(2)</script>');
    want('no element was made', await tab.locator('#search-results img, #search-status img, #search-results script, #search-status script').count() === 0);
    want('a title with markup', (await ask(tab, 'bold quoted')).includes('<b>Bold</b> & "quoted"'));
});

await scene('a query of 10,000 characters', {}, async (tab, want) => {
    await tab.goto(origin + '/search/');
    await tab.locator('#q').fill('career '.repeat(1428));
    await tab.locator('#q').press('Enter');
    await told(tab);
    want('it found something', (await titles(tab)).length > 0);
    await tab.locator('#q').fill('x'.repeat(10000));
    await tab.locator('#q').press('Enter');
    await tab.waitForFunction(() => !document.querySelector('#search-results li'));
    want('and nothing for nonsense', (await titles(tab)).length === 0);
});

await scene('no result says so, and an empty query says nothing', {}, async (tab, want) => {
    want('nothing', (await ask(tab, 'qqqqzzzz')).length === 0);
    want('said', (await tab.locator('#search-status').innerText()).length > 0);
    await tab.locator('#q').fill('');
    await tab.locator('#q').press('Enter');
    await tab.waitForFunction(() => !document.getElementById('search-status').textContent);
    await tab.waitForURL('**/search/');
});

await scene('a newer index published meanwhile is fetched once more', {}, async (tab, want) => {
    let lost = 0;
    await tab.route('**/search/w*.bin', (route) => (lost++ ? route.continue() : route.fulfill({ status: 404, body: '' })));
    want('found after all', (await ask(tab, 'interview'))[0] === 'Interviews without fear');
    want('there was a second try', lost > 1);
}, /404/);

await scene('axe has nothing to say of results, proposals and filters, in light and dark', {}, async (tab, want) => {
    for (const colorScheme of ['light', 'dark']) {
        await tab.emulateMedia({ colorScheme });
        await tab.goto(`${origin}/search/?q=career&kind=article`);
        await told(tab);
        await tab.locator('#q').fill('inter');
        await tab.waitForSelector('#search-words li');
        await tab.evaluate(axe);
        const { violations } = await tab.evaluate(() => window.axe.run());
        for (const one of violations) want(`${colorScheme}: ${one.id} ${one.nodes[0].html}`, false);
    }
});

const scripts = readdirSync(join(site, 'assets')).filter((name) => name === 'search.js');
const size = gzipSync(readFileSync(join(site, 'assets', scripts[0])), { level: 9 }).length;
check('search: the reader is under 6 KB gzipped', size < 6 * 1024 ? [] : [`${size} bytes`]);

await browser.close();
await close();
finish();

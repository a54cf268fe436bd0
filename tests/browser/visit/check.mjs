// check.mjs SITE: a visit to the built example as people pay one. Without script: finding a practitioner
// by place and designation, checking a credential, writing to a member, following a conversation, putting
// an event into a calendar. With script, under the strictest policy: the list that narrows while one types,
// and events at the visitor's own time.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch } from '../browser.mjs';
import { filesOf, pagesOf } from '../files.mjs';
import { check, finish } from '../report.mjs';
import { serve } from '../server.mjs';

const [, , site] = process.argv;
const policy = "default-src 'self'";
const { origin, close } = await serve(site, { 'content-security-policy': policy });
const browser = await launch();

// One scene: whatever throws, or is noted as wrong, fails it. Nothing may be refused by the policy.
async function scene(name, options, play) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    context.setDefaultTimeout(5000);
    const tab = await context.newPage();
    const problems = [];
    const want = (what, is) => { if (!is) problems.push(`${new URL(tab.url()).pathname}: ${what}`); };
    tab.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
    tab.on('pageerror', (error) => problems.push(error.message));
    try {
        await play(tab, want);
    } catch (error) {
        problems.push(`${tab.url()}: ${error.message.split('\n')[0]}`);
    }
    check(name, problems);
    await context.close();
}

const heading = (tab) => tab.locator('main h1').innerText();
const bare = { javaScriptEnabled: false };

await scene('without script: from the home page to someone with a designation in a place', bare, async (tab, want) => {
    await tab.goto(origin + '/');
    await tab.locator('nav').getByRole('link', { name: 'Find a practitioner' }).first().click();
    want('the directory has all 24', await tab.locator('.people .person').count() === 24);
    want('the field for typing is hidden', !await tab.locator('.filter').isVisible());
    await tab.locator('summary', { hasText: 'Designation' }).click();
    await tab.locator('.facet').getByRole('link', { name: 'MCIS' }).click();
    want('it says what MCIS means', await heading(tab) === 'Mastery Certificate in Interview Strategy');
    const holders = await tab.locator('.people .person').count();
    want('it says how many hold it', (await tab.locator('#holders').innerText()).toLowerCase() === `${holders} holders`);
    await tab.locator('summary', { hasText: 'Place' }).click();
    await tab.locator('.facet').getByRole('link', { name: 'Ottawa' }).click();
    want('the pair has its own address', new URL(tab.url()).pathname === '/designations/mcis/ottawa-on/');
    want('one person is left', await tab.locator('.people .person').count() === 1);
    await tab.getByRole('link', { name: 'Farida Rahmani' }).click();
    want('letters in the order of the registry', (await heading(tab)).replace(/\s+/g, ' ').endsWith(', MCIS, CIEP'));
});

await scene('without script: by letter, language and service', bare, async (tab, want) => {
    for (const [facet, name, path, person] of [
        [null, 'D', '/members/letter/d/', 'Jean-Philippe de la Durantaye'],
        ['Language', 'Tibetan', '/members/language/bo/', 'Tenzin Wangmo'],
        ['Service', 'Supervision', '/members/service/supervision/', 'Rosamund Achterberg']]) {
        await tab.goto(origin + '/members/');
        if (facet) await tab.locator('summary', { hasText: facet }).click();
        await tab.locator(facet ? '.facet[open]' : '.alphabet').getByRole('link', { name, exact: true }).click();
        want(`${name} leads to ${path}`, new URL(tab.url()).pathname === path);
        want(`${person} is there`, await tab.getByRole('link', { name: person }).count() === 1);
        want('not everyone is', await tab.locator('.people .person').count() < 24);
        want('the choice is marked', await tab.locator('.facets [aria-current="page"]').count() === 1);
    }
});

await scene('without script: an employer checks a credential', bare, async (tab, want) => {
    await tab.goto(origin + '/members/rosamund-achterberg/');
    const badge = tab.locator('.grants a', { hasText: 'Open Badge' }).first();
    const credential = await (await tab.request.get(origin + await badge.getAttribute('href'))).json();
    want('it is an Open Badge', credential.type.includes('OpenBadgeCredential'));
    want('it names the member’s page', credential.credentialSubject.id.endsWith('/members/rosamund-achterberg/'));
    want('it says since when', /^2009-/.test(credential.validFrom));
    want('and what for', credential.credentialSubject.achievement.humanCode === 'CCTP');
    const roster = await (await tab.request.get(origin + '/designations/index.json')).json();
    const holders = (code) => roster.designations.find((one) => one.code === code).holders.map((one) => one.name);
    want('the roster has her', holders('CCTP').includes('Rosamund Achterberg'));
    want('one who was revoked is not in it', !holders('MCRS').includes('Bradley Stannard'));
    want('nor one who lapsed', !holders('MCWL').includes('Goran Petković'));
    await tab.goto(origin + '/members/goran-petkovic/');
    want('what lapsed is said to be former', await tab.getByRole('heading', { name: 'Former designations' }).isVisible());
    want('and is not behind the name', !(await heading(tab)).includes('MCWL'));
});

await scene('without script: writing to a member, by keyboard', bare, async (tab, want) => {
    await tab.goto(origin + '/members/rosamund-achterberg/');
    const link = tab.locator('a.email');
    want('the address can be read', (await link.innerText()).replace(/\s/g, '') === 'rosamund.achterberg@example.org');
    want('the link is an address', decodeURIComponent(await link.getAttribute('href')) === 'mailto:rosamund.achterberg@example.org');
    await link.focus();
    want('it takes the focus', await tab.locator('a.email:focus').count() === 1);
    want('a screen reader speaks it', (await link.ariaSnapshot()).includes('rosamund.achterberg'));
});

await scene('without script: teams, and who leads them', bare, async (tab, want) => {
    await tab.goto(origin + '/teams/');
    await tab.getByRole('link', { name: 'Board', exact: true }).first().click();
    const row = tab.locator('.person', { hasText: 'Maren Oduya' });
    want('the president is said to be it', (await row.innerText()).includes('President'));
    await row.getByRole('link').click();
    want('the bio says it too', (await tab.locator('.standfirst').first().innerText()).includes('President, Board'));
});

await scene('without script: a conversation', bare, async (tab, want) => {
    await tab.goto(origin + '/articles/forty-cover-letters/');
    want('six comments are counted', (await tab.locator('#comments-heading').innerText()).toLowerCase() === '6 comments');
    const answer = tab.locator('.thread > li > ol > li .comment', { hasText: 'putting down my coffee' });
    want('an answer stands under what it answers', await answer.count() === 1);
    want('its author has a page and letters', (await answer.locator('.who').innerText()).includes('Chiyo Hamaguchi-Bell, MCRS'));
    const form = new URL(await tab.locator('.comments a.button').getAttribute('href'));
    want('the form is the forge’s', form.pathname === '/traverse-example/website/new/main');
    want('its file lies with the others', /content\/comments\/forty-cover-letters\/[^/]+\.md$/.test(form.searchParams.get('filename')));
    want('its front matter is begun', /^---\nauthor: .+\ndate: .+\n---\n/.test(form.searchParams.get('value')));
    const feed = await tab.request.get(origin + '/articles/forty-cover-letters/comments.xml');
    want('the conversation can be followed', ((await feed.text()).match(/<entry>/g) ?? []).length === 6);
});

await scene('without script: who left is gone, their name stays', bare, async (tab, want) => {
    const answer = await tab.request.get(origin + '/members/perry-lindqvist/');
    want('there is no page', answer.status() === 404);
    const redirects = readFileSync(join(site, '_redirects'), 'utf8');
    want('servers are told that it is gone', /^\/members\/perry-lindqvist\/ .* 410$/m.test(redirects));
    const named = pagesOf(site).find((path) => path.includes('/articles/')
        && readFileSync(join(site, path, 'index.html'), 'utf8').includes('Perry Lindqvist'));
    want('an article keeps the name', named !== undefined);
    await tab.goto(origin + named);
    want('without a link', await tab.locator('main a', { hasText: 'Perry Lindqvist' }).count() === 0);
});

await scene('without script: the next event, its month and its calendar', bare, async (tab, want) => {
    await tab.goto(origin + '/events/');
    const rows = tab.locator('section[aria-labelledby="upcoming"] .event-row time:first-child');
    const starts = (await rows.evaluateAll((times) => times.map((time) => time.dateTime))).map((text) => Date.parse(text));
    want('what is coming up is soonest first', starts.length > 5 && starts.every((at, i) => i === 0 || starts[i - 1] <= at));
    await tab.getByRole('link', { name: 'An evening of bad answers' }).click();
    want('its time is in its own zone', /7:30\sPM – 9:30\sPM NST$/.test(await tab.locator('.standfirst').innerText()));
    want('nothing stands beside it', await tab.locator('.your-time').count() === 0);
    const file = await tab.request.get(origin + await tab.getByRole('link', { name: 'Add to calendar' }).getAttribute('href'));
    want('the calendar file is one', (await file.text()).startsWith('BEGIN:VCALENDAR\r\n'));
    await tab.goto(origin + '/events/2026/12/');
    want('the month is a table with a name', await tab.getByRole('table', { name: 'December 2026' }).count() === 1);
    want('of seven days', await tab.getByRole('columnheader').count() === 7);
    const cell = tab.locator('.calendar td', { has: tab.locator('.number', { hasText: /^10$/ }) });
    want('the moved meeting stands on its new day', (await cell.innerText()).includes('First Thursday, on the second'));
    await tab.locator('nav a[rel="next"]').click();
    want('one can go on', await heading(tab) === 'January 2027');
});

await scene('with script: the directory narrows while one types', {}, async (tab, want) => {
    await tab.goto(origin + '/members/');
    const field = tab.getByRole('searchbox', { name: 'Narrow this list as you type' });
    const names = () => tab.locator('.people .person:visible .who a').allInnerTexts();
    const told = (text) => tab.locator('.filter [role="status"]', { hasText: text }).waitFor();
    await field.pressSequentially('emilie');
    want('accents need not be typed', (await names()).join() === 'Émilie Arsenault');
    await told('1 of 24 shown');
    await field.fill('CCTP halifax');
    await told(/^0 of 24 shown$/);
    await field.fill('rccs kingston');
    want('a seventh designation is found', (await names()).join() === 'Rosamund Achterberg');
    await field.fill('tibetan');
    want('a language is found', (await names()).join() === 'Tenzin Wangmo');
    await field.fill('gudrun');
    want('and an ð', (await names()).join() === 'Guðrún Thorvaldson');
    await field.press('Escape');
    want('Escape brings all back', (await names()).length === 24);
    want('and leaves nothing to tell', await tab.locator('.filter [role="status"]').waitFor({ state: 'attached' })
        .then(() => tab.waitForTimeout(400)).then(() => tab.locator('.filter [role="status"]').innerText()) === '');
    await tab.goto(origin + '/fr/members/');
    await tab.getByRole('searchbox', { name: 'Filtrer la liste' }).fill('tibétain');
    await told('1 sur 24');
    await tab.goto(origin + '/designations/cctp/');
    await tab.getByRole('searchbox', { name: 'Narrow this list as you type' }).fill('toronto');
    want('so does a list of holders', (await names()).length === 2);
});

// What a clock elsewhere shows, reckoned here by Node, for the events of the site's own pages.
const shown = (zone, written) => new Intl.DateTimeFormat('en', { timeZone: zone, hour: 'numeric', minute: '2-digit' }).format(new Date(written));

await scene('with script, in Tokyo: events say the visitor’s own time', { timezoneId: 'Asia/Tokyo' }, async (tab, want) => {
    await tab.goto(origin + '/events/interview-rehearsal-st-johns/');
    const [own] = await tab.locator('.standfirst .your-time').allInnerTexts();
    want('beside the event’s', /^Your time: Fri, Feb 5, 8:00\s– 10:00\sAM/.test(own));
    await tab.goto(origin + '/events/first-thursday/');
    for (const row of await tab.locator('#dates + ol > li').all()) {
        const start = await row.locator('div > time').first().getAttribute('datetime');
        const end = await row.locator('div > time').last().getAttribute('datetime');
        const text = (await row.locator('.your-time').innerText()).replace(/\s/g, ' ');
        want(`${start} is right`, text.includes(shown('Asia/Tokyo', end).replace(/\s/g, ' '))
            && text.includes(shown('Asia/Tokyo', start).split(/\s/)[0]));
    }
    await tab.goto(origin + '/events/national-ferry-clinics/');
    want('whole days are the same day everywhere', await tab.locator('.your-time').count() === 0);
    await tab.goto(origin + '/fr/events/');
    want('in the page’s language', (await tab.locator('.your-time').first().innerText()).replace(/\s/g, ' ').startsWith('À votre heure : '));
});

await scene('with script, in Newfoundland: where the clocks agree nothing is added', { timezoneId: 'America/St_Johns' }, async (tab, want) => {
    await tab.goto(origin + '/events/interview-rehearsal-st-johns/');
    want('nothing is added', await tab.locator('.your-time').count() === 0);
    await tab.goto(origin + '/events/first-thursday/');
    want('half an hour is a difference', (await tab.locator('.standfirst .your-time').innerText()).includes('7:30'));
});

await browser.close();
await close();

// What scripts read and weigh.
const whole = /^\d{4}-\d\d-\d\d$/, moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;
const odd = [], heavy = [];
for (const path of filesOf(site).filter((one) => one.endsWith('.html'))) {
    const text = readFileSync(join(site, path), 'utf8');
    for (const [, written] of text.matchAll(/<time[^>]* datetime="([^"]*)"/g))
        if (!whole.test(written) && !moment.test(written)) odd.push(`${path}: ${written}`);
    const weight = [...text.matchAll(/<script[^>]* src="([^"?]*)/g)]
        .reduce((sum, [, source]) => sum + gzipSync(readFileSync(join(site, source)), { level: 9 }).length, 0);
    if (weight > 6 * 1024) heavy.push(`${path}: ${weight} bytes`);
}
check('each time is a day or a whole RFC 3339 moment', odd);
check('no page has more than 6 KB of script, compressed', heavy);
finish();

// check.mjs FOLDER LEAST: reads every feed, the sitemap and every JSON-LD script of a built site.
// The three forms of a feed must hold the same entries for two parsers that are not ours; each form
// must keep to what its standard requires. Fails if there are fewer than LEAST entries in all.
import { createReadStream, readFileSync, readdirSync, statSync, existsSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { strict as assert } from 'node:assert';
import FeedParser from 'feedparser';
import RssParser from 'rss-parser';
import jsonld from 'jsonld';

const [folder, least] = [process.argv[2], Number(process.argv[3] ?? 1)];
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;
let feeds = 0, entries = 0, scripts = 0, comments = 0;
const credentials = new Set();

function* files(at) {
    for (const name of readdirSync(at).sort()) {
        const path = join(at, name);
        if (statSync(path).isDirectory()) yield* files(path);
        else yield path;
    }
}

function absolute(url, what) {
    assert.match(url, /^https?:\/\/[^\s"<>]+$/, `${what} is no absolute URL: ${url}`);
    return url;
}

function unique(ids, what) {
    assert.equal(new Set(ids).size, ids.length, `an id stands twice in ${what}`);
}

// What the content of an entry links to and shows must work outside the site.
function checkContent(html, what) {
    for (const [, url] of html.matchAll(/ (?:href|src|poster|cite|data|action)="([^"]*)"/g))
        assert.match(url, /^(https?:|mailto:|tel:|#)/, `${what} has a relative address: ${url}`);
    for (const [, set] of html.matchAll(/ srcset="([^"]*)"/g))
        for (const part of set.split(/,\s+/))
            assert.match(part.trim(), /^https?:/, `${what} has a relative address in a set: ${part}`);
    assert.doesNotMatch(html, /<script/i, what);
}

function feedparser(path) {
    return new Promise((resolve, reject) => {
        const parser = new FeedParser({ addmeta: false });
        const items = [];
        parser.on('error', reject);
        parser.on('readable', () => { for (let item; (item = parser.read());) items.push(item); });
        parser.on('end', () => resolve({ meta: parser.meta, items }));
        createReadStream(path).on('error', reject).pipe(parser);
    });
}

// RFC 4287, 4.1.1 and 4.1.2.
function checkAtom(path) {
    const text = readFileSync(path, 'utf8');
    const head = text.split('<entry>')[0];
    for (const element of ['id', 'title', 'updated', 'author'])
        assert.equal(head.split(`<${element}>`).length, 2, `${path}: a feed has one ${element}`);
    assert.equal(head.split('rel="self"').length, 2, path);
    const all = [...text.matchAll(/<entry>[^]*?<\/entry>/g)].map(([entry]) => entry);
    for (const entry of all) {
        for (const element of ['id', 'title', 'updated', 'published'])
            assert.equal(entry.split(`<${element}>`).length, 2, `${path}: an entry has one ${element}`);
        assert.match(entry, /rel="alternate"/, path);
    }
    for (const [, time] of text.matchAll(/<(?:updated|published)>(.*?)</g))
        assert.match(time, RFC3339, path);
    unique(all.map((entry) => entry.match(/<id>(.*?)</)[1]), path);
}

// https://www.jsonfeed.org/version/1.1/
function checkJson(feed, path) {
    assert.equal(feed.version, 'https://jsonfeed.org/version/1.1', path);
    assert.equal(typeof feed.title, 'string', path);
    absolute(feed.home_page_url, path);
    assert.equal(new URL(absolute(feed.feed_url, path)).pathname.split('/').pop(), 'feed.json');
    for (const item of feed.items) {
        absolute(item.id, path);
        absolute(item.url, path);
        assert.ok(typeof (item.content_html ?? item.content_text) === 'string', path);
        checkContent(item.content_html ?? '', path);
        assert.match(item.date_published, RFC3339, path);
        assert.match(item.date_modified, RFC3339, path);
        for (const author of item.authors ?? []) {
            assert.equal(typeof author.name, 'string', path);
            if (author.url) absolute(author.url, path);
        }
    }
    unique(feed.items.map((item) => item.id), path);
}

async function checkFeeds(at) {
    const json = JSON.parse(readFileSync(join(at, 'feed.json'), 'utf8'));
    checkJson(json, join(at, 'feed.json'));
    checkAtom(join(at, 'feed.xml'));
    const expected = json.items.map((item) => [item.id, item.url, item.title]);
    for (const name of ['feed.xml', 'rss.xml']) {
        const path = join(at, name);
        const read = await feedparser(path);
        assert.equal(plain(read.meta.title), plain(json.title), path);
        assert.equal(read.meta.link, json.home_page_url, path);
        assert.deepEqual(read.items.map((item) => [item.guid, item.link, plain(item.title)]),
                         expected.map(([id, url, title]) => [id, url, plain(title)]), path);
        read.items.forEach((item, i) => {
            assert.equal(item.pubDate?.getTime(), new Date(json.items[i].date_published).getTime(), path);
            if (json.items[i].content_html) assert.equal(item.description?.trim() ?? '', json.items[i].content_html.trim() || (item.summary ?? ''), path);
        });
        const other = await new RssParser().parseString(readFileSync(path, 'utf8'));
        assert.deepEqual(other.items.map((item) => [item.guid ?? item.id, item.link]),
                         expected.map(([id, url]) => [id, url]), path);
    }
    feeds++;
    entries += json.items.length;
}

async function checkComments(path) {
    checkAtom(path);
    const text = readFileSync(path, 'utf8');
    const read = await feedparser(path);
    const other = await new RssParser().parseString(text);
    assert.equal(read.items.length, text.split('<entry>').length - 1, path);
    assert.deepEqual(other.items.map((item) => item.id), read.items.map((item) => item.guid), path);
    for (const item of read.items) {
        assert.match(absolute(item.link, path), /#comment-/, path);
        assert.ok(item.author, path);
        checkContent(item.description ?? '', path);
    }
    comments++;
}

// Open Badges 3.0, what its schemas require of an AchievementCredential, Profile and Achievement.
function checkCredential(path) {
    const data = JSON.parse(readFileSync(path, 'utf8'));
    assert.deepEqual(data.type, ['VerifiableCredential', 'OpenBadgeCredential'], path);
    assert.equal(data['@context'][0], 'https://www.w3.org/ns/credentials/v2', path);
    assert.ok(absolute(data.id, path).endsWith(path.slice(path.lastIndexOf('/'))), path);
    assert.deepEqual(data.issuer.type, ['Profile'], path);
    absolute(data.issuer.id, path);
    for (const key of ['validFrom', 'validUntil'])
        if (key in data) assert.match(data[key], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, path);
    const { type, achievement } = data.credentialSubject;
    assert.deepEqual(type, ['AchievementSubject'], path);
    assert.deepEqual(achievement.type, ['Achievement'], path);
    for (const key of ['id', 'name', 'description', 'criteria']) assert.ok(achievement[key], path);
    return data.id;
}

// Every live designation of the roster is a credential that is published.
function checkRoster(path) {
    for (const designation of JSON.parse(readFileSync(path, 'utf8')).designations) {
        absolute(designation.url, path);
        unique(designation.holders.map((holder) => holder.url), path);
        for (const holder of designation.holders)
            assert.ok(credentials.has(holder.credential), `${path}: ${holder.url}`);
    }
}

// feedparser strips what looks like markup from titles.
function plain(title) {
    return title.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').trim();
}

function checkSitemap(path) {
    const text = readFileSync(path, 'utf8');
    const urls = [...text.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url]) => absolute(url, path));
    unique(urls, path);
    assert.ok(urls.length > 0 && urls.length <= 50000, path);
    const base = urls.reduce((a, b) => (a.length <= b.length ? a : b));
    for (const url of urls) {
        const file = join(folder, decodeURIComponent(url.slice(base.length)), 'index.html');
        assert.ok(existsSync(file), `${path}: nothing is published at ${url}`);
    }
    for (const [, time] of text.matchAll(/<lastmod>(.*?)</g)) assert.match(time, RFC3339, path);
}

const required = {
    Article: ['headline', 'datePublished', 'author', 'publisher', 'url'],
    Person: ['name'],
    Event: ['name', 'startDate', 'eventStatus', 'organizer'],
    Organization: ['name'],
    WebSite: ['name', 'url'],
    BreadcrumbList: ['itemListElement'],
    ListItem: ['position', 'name', 'item'],
    EducationalOccupationalCredential: ['name'],
    Comment: ['author', 'text', 'dateCreated'],
    VirtualLocation: ['url'],
    Place: ['name'],
    Offer: ['url', 'availability'],
};

function checkThing(thing, path) {
    if (Array.isArray(thing)) return thing.forEach((item) => checkThing(item, path));
    if (thing === null || typeof thing !== 'object') return;
    for (const property of required[thing['@type']] ?? [])
        assert.ok(property in thing || (thing['@type'] === 'Article' && property === 'author'),
                  `${path}: ${thing['@type']} has no ${property}`);
    Object.values(thing).forEach((value) => checkThing(value, path));
}

// The parser needs no network: schema.org's words are all in its own namespace.
async function checkScripts(path) {
    for (const [, text] of readFileSync(path, 'utf8').matchAll(
        /<script type="application\/ld\+json">([^]*?)<\/script>/g)) {
        const data = JSON.parse(text);
        assert.equal(data['@context'], 'https://schema.org', path);
        const expanded = await jsonld.expand({ ...data, '@context': { '@vocab': 'https://schema.org/' } });
        assert.ok(expanded.length > 0 || data['@graph'].length === 0, `${path}: says nothing`);
        checkThing(data['@graph'], path);
        scripts++;
    }
}

for (const path of files(folder)) {
    if (path.endsWith('/feed.json')) await checkFeeds(dirname(path));
    if (path.endsWith('/comments.xml')) await checkComments(path);
    if (path.includes('/credentials/')) credentials.add(checkCredential(path));
    if (path.endsWith('/sitemap.xml')) checkSitemap(path);
    if (path.endsWith('.html')) await checkScripts(path);
}
for (const path of files(folder)) if (path.endsWith('/designations/index.json')) checkRoster(path);
assert.ok(feeds > 0 && entries >= least, `only ${entries} entries in ${feeds} feeds`);
assert.ok(scripts > 0, 'no page has JSON-LD');
console.log(`${feeds} feeds with ${entries} entries, ${comments} of comments, ${credentials.size} credentials, `
            + `${scripts} pages with JSON-LD`);

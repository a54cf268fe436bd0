// check.mjs NAME SITE OUTPUT KNOWN [...]: parses every page of built sites, and the HTML in their JSON
// feeds, with a real HTML parser. Every address that stays inside the site must lead to an output
// of the build, and every #fragment to an id on the page it leads to. KNOWN holds what copse's own
// link check heard of (known.c): on every page the same links must be found.
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { parse } from 'parse5';
import { addressOf, filesOf } from '../browser/files.mjs';
import { check, finish } from '../browser/report.mjs';

// The attributes that hold an address, whatever element they stand on.
const ADDRESSES = ['href', 'src', 'action', 'formaction', 'poster', 'data', 'cite', 'background',
                   'longdesc', 'manifest', 'xlink:href'];
const ADDRESS_LISTS = ['srcset', 'imagesrcset'];
const META = /^(og:(url|image|video|audio)(:url|:secure_url)?|twitter:image)$/;

function* elements(node) {
    for (const child of node.childNodes ?? []) {
        if (child.attrs) yield child;
        yield* elements(child);
        if (child.content) yield* elements(child.content);
    }
}

function attributes(element) {
    return new Map(element.attrs.map((a) => [a.prefix ? `${a.prefix}:${a.name}` : a.name, a.value]));
}

// What a parsed document links to, and the ids it has.
function read(html) {
    const links = [], ids = new Set(['', 'top']);
    for (const element of elements(parse(html))) {
        const has = attributes(element);
        if (has.has('id')) ids.add(has.get('id'));
        if (element.tagName === 'a' && has.has('name')) ids.add(has.get('name'));
        for (const name of ADDRESSES) if (has.has(name)) links.push(has.get(name));
        for (const name of ADDRESS_LISTS)
            for (const part of (has.get(name) ?? '').split(/,\s+/))
                if (part.trim()) links.push(part.trim().split(/\s+/)[0]);
        if (element.tagName === 'meta') {
            if (META.test(has.get('property') ?? has.get('name') ?? '')) links.push(has.get('content'));
            if (has.get('http-equiv')?.toLowerCase() === 'refresh')
                links.push((has.get('content') ?? '').replace(/^[\d.\s]*;\s*url=/i, ''));
        }
    }
    return { links, ids };
}

// Where a site says that it lives.
function homeOf(site) {
    const line = readFileSync(`${site}/content/site.yml`, 'utf8').match(/^url:\s*["']?([^\s"'#]+)/m);
    return new URL(line[1].replace(/\/*$/, '/'));
}

class Site {
    constructor(site, output, known) {
        this.output = output;
        this.home = homeOf(site);
        this.files = new Set(filesOf(output));
        this.content = filesOf(`${site}/content`).filter((path) => /\.(md|yml)$/.test(path))
            .map((path) => readFileSync(`${site}/content/${path}`, 'utf8')).join('\n');
        this.known = new Set(readFileSync(known, 'utf8').split('\n').filter(Boolean));
        this.found = new Set();
        this.pages = new Map();
        this.links = 0;
        this.problems = [];
    }

    page(path) {
        if (!this.pages.has(path)) this.pages.set(path, read(readFileSync(`${this.output}/${path}`, 'utf8')));
        return this.pages.get(path);
    }

    // The output that an address inside the site leads to; undefined where there is none.
    target(url) {
        const path = decodeURIComponent(url.pathname).slice(this.home.pathname.length);
        for (const file of path === '' || path.endsWith('/') ? [`${path}index.html`] : [path])
            if (this.files.has(file)) return file;
        return undefined;
    }

    // `where` is the file it stands in, where the link check must know of it.
    follow(link, from, where) {
        let url;
        try {
            url = new URL(link, from);
        } catch {
            this.problems.push(`${where}: no address: ${link}`);
            return;
        }
        if (url.origin !== this.home.origin) return;
        // Written out whole in the content, it may lead to what others publish on the same host.
        if (this.content.includes(link) && /^https?:/.test(link)) return;
        this.links++;
        if (!url.pathname.startsWith(this.home.pathname)) {
            this.problems.push(`${where}: leads out of the site's folder: ${link}`);
            return;
        }
        const file = this.target(url);
        if (file === undefined) {
            this.problems.push(`${where}: nothing is published at ${link}`);
            return;
        }
        const fragment = decodeURIComponent(url.hash.slice(1));
        if (where.endsWith('.html')) this.found.add(`${where}\t${file}\t${fragment}`);
        if (fragment && !fragment.startsWith(':~:') && posix.extname(file) === '.html'
            && !this.page(file).ids.has(fragment))
            this.problems.push(`${where}: ${file} has no #${fragment}: ${link}`);
    }

    // Both ways: what a page holds and copse does not know, and what copse takes for a link of a page
    // that does not hold it.
    compare() {
        const tell = (what, lines) => lines.length === 0 ? [] :
            [`${lines.length} ${what}, the first: ${lines.slice(0, 3).map((line) => line.replaceAll('\t', ' -> ')).join('; ')}`];
        return [...tell('links of pages that copse does not know', [...this.found].filter((line) => !this.known.has(line))),
                ...tell('links that copse knows are on no page', [...this.known].filter((line) => !this.found.has(line)))];
    }

    checkPages() {
        for (const file of this.files) {
            if (!file.endsWith('.html')) continue;
            const from = new URL(addressOf(file).slice(1), this.home);
            for (const link of this.page(file).links) this.follow(link, from, file);
        }
    }

    checkFeeds() {
        for (const file of this.files) {
            if (posix.basename(file) !== 'feed.json') continue;
            const feed = JSON.parse(readFileSync(`${this.output}/${file}`, 'utf8'));
            this.follow(feed.home_page_url, this.home, file);
            this.follow(feed.feed_url, this.home, file);
            for (const item of feed.items) {
                this.follow(item.url, this.home, file);
                for (const link of read(item.content_html ?? '').links) this.follow(link, item.url, file);
            }
        }
    }

    checkStylesheets() {
        for (const file of this.files) {
            if (!file.endsWith('.css')) continue;
            const from = new URL(addressOf(file).slice(1), this.home);
            const text = readFileSync(`${this.output}/${file}`, 'utf8').replace(/\/\*[^]*?\*\//g, '');
            for (const [, link] of text.matchAll(/url\(\s*["']?([^"')]+)/g)) this.follow(link, from, file);
        }
    }
}

const [, , ...named] = process.argv;
for (let i = 0; i + 3 < named.length; i += 4) {
    const site = new Site(named[i + 1], named[i + 2], named[i + 3]);
    site.checkPages();
    site.checkFeeds();
    site.checkStylesheets();
    if (site.links === 0) site.problems.push('no link was found, so nothing was checked');
    check(`${named[i]}: ${site.links} links inside the site on ${site.pages.size} pages lead somewhere`,
          site.problems);
    check(`${named[i]}: copse knows the same ${site.known.size} links`, site.compare());
}
finish();

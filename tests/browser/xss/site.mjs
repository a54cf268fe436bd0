// A site in which every payload stands in every field and at every place of a body, of every kind.
// What the program refuses is taken out, field by field, until the rest can be built: so every
// combination either is refused with a message at its line, or ends up on a page.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5'
                          + 'ErkJggg==', 'base64');

export function payloads(path) {
    const stand = { '␤': '\n', '␍': '\r', '␉': '\t', '␌': '\f', '␀': '\0' };
    return readFileSync(path, 'utf8').split('\n')
        .filter((line) => line && !(line.startsWith('# ') && !/[<"]/.test(line)))
        .map((line) => line.replace(/[␤␍␉␌␀]/g, (sign) => stand[sign]));
}

const oneLine = (p) => p.replace(/[\n\r\f\0]/g, ' ');

// Where in a body a payload may stand. What swallows the rest comes last in nobody's order: each
// kind begins elsewhere, and a comment holds one place alone.
export const places = [
    (p) => p,
    (p) => `Before ${oneLine(p)} behind.`,
    (p) => `## A heading ${oneLine(p)}`,
    (p) => `- an item\n- ${oneLine(p)}\n`,
    (p) => `> ${oneLine(p)}`,
    (p) => `| a | b |\n| --- | --- |\n| ${oneLine(p).replaceAll('|', '\\|')} | x |`,
    (p) => `[${oneLine(p)}](/articles/) and *${oneLine(p)}*`,
    (p) => `[x](https://else.example/${encodeURI(oneLine(p))} "${oneLine(p).replaceAll('"', '\\"')}")`,
    (p) => `[x](${oneLine(p)}) [y](<${oneLine(p)}>)`,
    (p) => `![${oneLine(p)}](/pixel.png "${oneLine(p).replaceAll('"', '\\"')}")`,
    (p) => `\`${oneLine(p)}\`\n\n\`\`\`${oneLine(p)}\n${p}\n\`\`\``,
    (p) => `A note[^n].\n\n[^n]: ${oneLine(p)}`,
    (p) => `<div>\n\n${p}\n\n</div>`,
    (p) => `<p title="${oneLine(p)}">${p}</p>`,
];

const rotated = (p, by) => places.map((_, k) => places[(k + by) % places.length](p)).join('\n\n');

// The fields whose values are any text, and those that take only some values. `i` numbers the payload.
const fields = {
    articles: (p, i) => ({
        title: p, [i % 2 ? 'author' : 'authors']: i % 2 ? p : [p, 'Ada Guest'], editor: p, with: [p],
        tags: [p, 'all'], description: p, image: 'pixel.png', image_alt: p, series: p,
        updated: p, expires: p, aliases: [p], lang: p, translation_of: p, comments: p, layout: p,
        draft: p, featured: p, noindex: p, strange_key: p,
    }),
    members: (p, i) => ({
        name: p, roles: [{ team: p, title: p }], location: p, languages: [p], services: [p],
        pronouns: p, email: p, github: p, sort_name: p, description: p, links: [{ label: p, url: 'https://else.example/' }],
        designations: [p], photo: p, joined: p, aliases: [p], lang: p, translation_of: p, slug: `s${i} ${p}`, draft: p,
    }),
    events: (p, i) => ({
        title: p, location: p, price: p, organiser: p, speakers: [p, 'Ada Guest'], tags: [p], description: p,
        image: 'pixel.png', image_alt: p, uid: p, end: p, timezone: p, repeat: p, online: p, registration: p, credits: p,
        all_day: p, sold_out: p, cancelled: p, aliases: [p], lang: p, translation_of: p, slug: `s${i} ${p}`, draft: p,
        changes: [{ date: '2026-12-01', title: p, location: p }],
    }),
    pages: (p, i) => ({
        title: p, description: p, image: 'pixel.png', image_alt: p, menu: p, layout: p, aliases: [p], lang: p,
        translation_of: p, slug: `s${i} ${p}`, noindex: p, draft: p,
    }),
    comments: (p) => ({ author: p, reply_to: p }),
};
// The rest of them: those that nearly every payload is refused in, so that they get files of their own.
const rare = {
    articles: (p, i) => ({ title: `Rare ${i}`, date: p, series: 'A series', series_part: p, slug: `r${i} ${p}`, image: p }),
    members: (p, i) => ({ name: `Rare ${i}`, links: [{ label: 'x', url: p }],
                          designations: [{ code: 'CRA', credential_url: p }] }),
    events: (p, i) => ({ title: `Rare ${i}`, start: p, except: [p], sessions: [{ start: p, end: p }], image: p,
                         credits: { [p]: p }, changes: [{ date: p, start: p, end: p, cancelled: p }] }),
    pages: (p, i) => ({ title: `Rare ${i}`, image: p }),
    comments: (p) => ({ author: 'Ada Guest', date: p }),
};
const dated = (p, i) => ({ name: `Dated ${i}`, designations: [{ code: 'CRA', since: p, expires: p }] });
const always = {
    articles: { date: '2026-01-02' },
    events: { start: '2026-12-01 10:00' },
    comments: { date: '2026-01-03' },
};
// A field without which a file cannot be gets a plain value where the payload was refused.
const instead = {
    articles: { title: 'A title', date: '2026-01-02' }, members: { name: 'A name' },
    events: { title: 'A title', start: '2026-12-01 10:00' }, pages: { title: 'A title' },
    comments: { author: 'A name', date: '2026-01-03' },
};

class File {
    constructor(kind, path, values, body) {
        Object.assign(this, { kind, path, values: { ...always[kind], ...values }, body });
    }

    text() {
        const lines = Object.entries(this.values).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
        return `---\n${lines.join('\n')}\n---\n${this.body}\n`;
    }

    // Takes out what stands at a line; the field's name, or undefined where it is the body.
    refuse(line) {
        const key = Object.keys(this.values)[line - 2];
        if (key === undefined) return undefined;
        const plain = instead[this.kind]?.[key];
        if (plain !== undefined && this.values[key] !== plain) this.values[key] = plain;
        else delete this.values[key];
        return `${this.kind}.${key}`;
    }
}

// Files beside an article, each of which a browser would run if it were published as it is. What is
// a drawing is published without what can run.
const SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const drawings = [
    '<script>alert(1)</script>', '<script href="https://else.example/x.js"/>', '<g onload="alert(1)" onclick="alert(2)"/>',
    '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(1)"><script>alert(2)</script></body></foreignObject>',
    '<a xlink:href="javascript:alert(1)"><text>x</text></a>', '<use href="data:image/svg+xml;base64,PHN2Zy8+#x"/>',
    '<use xlink:href="https://else.example/x.svg#x"/>', '<image href="https://else.example/x.png"/>',
    '<a id="x"><animate attributeName="href" values="javascript:alert(1)"/><text>y</text></a>',
    '<set attributeName="onmouseover" to="alert(1)"/>', '<style>@import "https://else.example/x.css";</style>',
    '<rect style="fill:url(https://else.example/x)" fill="url(https://else.example/y#z)"/>',
    '<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">alert(1)</handler>',
    '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
    '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
    '<title><![CDATA[</title><script>alert(1)</script>]]></title>', '<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>',
    '<iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:alert(1)"/>', '<filter><feImage href="https://else.example/x"/></filter>',
];

function attached(p, i) {
    const own = drawings[i % drawings.length];
    const quoted = p.replace(/[&<>"\0-\x08\x0b\x0c\x0e-\x1f]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? ' ');
    const files = {
        'own.svg': `<svg ${SVG} onload="alert(1)">${own}</svg>`,
        'written.svg': `<svg ${SVG}><g id="${quoted}" class="${quoted}" fill="${quoted}"><title>${quoted}</title></g></svg>`,
        'inside.svg': `<svg ${SVG}>${p}</svg>`, 'entity.svg': `<!DOCTYPE svg [<!ENTITY x "${quoted}">]><svg ${SVG}>&x;</svg>`,
        'text.txt': p, 'page.html': p, 'page.xhtml': p, 'code.js': 'alert(1)', 'sheet.xml': `<?xml version="1.0"?>${p}`,
        'page.png': p, 'poly.gif': `GIF89a/*${p}*/=alert(1)`, 'page.pdf': p,
    };
    // Those that are refused whatever they hold are tried a few times only.
    const few = /^(entity\.svg|page\.|code\.|sheet\.|poly\.)/;
    return Object.entries(files).filter(([name]) => i % 40 === 0 || !few.test(name))
        .map(([name, text]) => ({ path: `articles/d${i}/${name}`, bytes: Buffer.from(text) }));
}

// Names of files that a file system can hold.
const nameable = (p) => !/[\0/]/.test(p) && Buffer.byteLength(p) < 200 && !p.startsWith('.');

function filesFor(list) {
    const all = [];
    list.forEach((p, i) => {
        const name = `p${String(i).padStart(4, '0')}`;
        ['articles', 'members', 'events', 'pages'].forEach((kind, k) =>
            all.push(new File(kind, `${kind}/${name}.md`, fields[kind](p, i), rotated(p, i + 3 * k))));
        for (const kind of ['articles', 'members', 'events', 'pages'])
            all.push(new File(kind, `${kind}/r${i}.md`, rare[kind](p, i), 'Rare.'));
        all.push(new File('members', `members/d${i}.md`, dated(p, i), 'Dated.'));
        all.push(new File('comments', `comments/${name}/rare.md`, rare.comments(p), 'Rare.'));
        places.forEach((place, k) => all.push(new File('comments', `comments/${name}/c${k}.md`,
            k === 0 ? fields.comments(p) : { author: 'Ada Guest' }, place(p))));
        all.push(...attached(p, i));
        all.push(new File('articles', `articles/d${i}/index.md`, { title: 'Attached', tags: ['attached'] },
            '![x](own.svg) ![y](written.svg) [t](text.txt)'));
        if (!nameable(p)) return;
        all.push(new File('comments', `comments/${name}/${p}.md`, { author: 'Ada Guest' }, 'Named so.'));
        all.push(new File('pages', `pages/named/n${i} ${p}.md`, { title: 'Named' }, 'Named so.'));
        all.push({ path: `articles/f${i}/${p}.png`, bytes: PIXEL });
        all.push(new File('articles', `articles/f${i}/index.md`, { title: 'Beside', tags: ['beside'] },
            `![x](<${p.replace(/[<>\\]/g, '\\$&')}.png>) [y](${encodeURIComponent(p)}.png)`));
    });
    for (const kind of ['articles', 'events', 'pages']) all.push({ path: `${kind}/pixel.png`, bytes: PIXEL });
    return all;
}

// What a committee writes is trusted; its texts are still texts.
function registries(list) {
    const rows = (make) => list.map((p, i) => `- ${JSON.stringify(make(p, i))}`).join('\n') + '\n';
    return {
        'designations.yml': rows((p, i) => ({ code: `C${i}`, name: `${i} ${p}`, issuer: p, description: p })),
        'tags.yml': rows((p, i) => ({ tag: `described ${i}`, name: p, description: p })),
    };
}

function write(root, path, data) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), data);
}

const settings = (more) => JSON.stringify({
    title: 'Hostile', url: 'https://site.example', timezone: 'UTC',
    feeds: { content: 'full', entries: 1000 }, paginate: 200, pictures: { svg: 'articles' },
    rules: { 'dead-link': 'off', 'dead-fragment': 'off', 'missing-file': 'off' }, ...more,
});

function build(copse, root) {
    const run = spawnSync(copse, ['build', '-q', '-C', root, '-o', join(root, 'public'), '--format', 'json',
        '--no-progress', '--now', '2026-11-23T12:00:00Z'], { encoding: 'utf8', maxBuffer: 1 << 30 });
    if (run.status !== 0 && run.status !== 1)
        throw new Error(`copse ended with ${run.status ?? run.signal}: ${run.stderr.slice(0, 2000)}`);
    const text = run.stdout.trim() || run.stderr.trim();
    return run.status === 0 ? [] : JSON.parse(text).problems.filter((problem) => problem.severity === 'error');
}

// Writes and builds the site of untrusted content; says which fields refused how many payloads.
export function untrusted(copse, root, list) {
    const files = new Map(filesFor(list).map((file) => [`content/${file.path}`, file]));
    write(root, 'content/site.yml', settings({}));
    write(root, 'content/designations.yml', '- code: CRA\n  name: A designation\n');
    write(root, 'content/articles/placeholder.md', '---\ntitle: First\ndate: 2026-01-01\n---\n');
    for (const [path, file] of files) write(root, path, file.bytes ?? file.text());
    const refused = new Map();
    const count = (what) => refused.set(what, (refused.get(what) ?? 0) + 1);
    for (let round = 0; round < 40; round++) {
        const errors = build(copse, root);
        if (errors.length === 0) return { refused, files: files.size };
        const touched = new Map();
        // Some problems follow from others, and have no place of their own.
        const placed = errors.filter(({ path }) => files.has(path));
        for (const { path, line, message, code } of placed.length > 0 ? placed : errors) {
            const file = files.get(path);
            if (process.env.VERBOSE) console.log(`${path}:${line}: ${message} [${code}]`);
            if (!file) throw new Error(`refused, and not for one file: ${path}:${line}: ${message} [${code}]`);
            if (!touched.has(path)) touched.set(path, new Set());
            touched.get(path).add(line ?? 0);
        }
        for (const [path, lines] of touched) {
            const file = files.get(path);
            // From the last line up, so that the lines that are left keep their numbers.
            const keys = file.bytes ? [undefined] : [...lines].sort((a, b) => b - a).map((line) => file.refuse(line));
            if (keys.every((key) => key !== undefined)) {
                keys.forEach(count);
                write(root, path, file.text());
            } else {
                count(`${file.kind ?? 'attached'}: the whole file`);
                files.delete(path);
                rmSync(join(root, path));
            }
        }
    }
    throw new Error('the site could not be built after 40 rounds of taking out what was refused');
}

// The same for texts that are trusted: registries and settings. (What site.yml gives as Markdown may
// hold any markup.)
export function trusted(copse, root, list) {
    const texts = list.map((p) => p.replace(/\0/g, ' '));
    const labels = texts.map((p) => ({ label: p, url: '/articles/' }));
    write(root, 'content/site.yml', settings({
        title: texts.slice(0, 40).join(' '), description: texts.slice(40).join(' '),
        organisation: { name: texts.join(' '), url: 'https://site.example' },
        menu: labels, social: labels, welcome: { title: texts.join(' '), text: 'This is Markdown.', links: labels },
    }));
    for (const [name, text] of Object.entries(registries(texts))) write(root, `content/${name}`, text);
    write(root, 'content/members/jo.md', `---\nname: Jo\ndesignations: [${texts.map((_, i) => `C${i}`)}]\n---\n`);
    write(root, 'content/articles/a.md',
        `---\ntitle: First\ndate: 2026-01-01\nauthor: jo\ntags: [${texts.map((_, i) => `described ${i}`)}]\n---\n`);
    return build(copse, root);
}

// One page of each kind of a built site, in each language: what its body's class, its depth and its
// language say that it is. Of free pages, which have one layout, the first three.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pagesOf } from './files.mjs';

export function fileOf(site, path) {
    return join(site, decodeURIComponent(path), path.endsWith('/') ? 'index.html' : '');
}

// The kind of page that its layout says it is: "home", "article", …
export function kindOf(site, path) {
    return readFileSync(fileOf(site, path), 'utf8').match(/<body class="kind-([^" ]*)/)?.[1];
}

export function kindsOf(site) {
    const found = new Map();
    const free = {};
    for (const path of pagesOf(site)) {
        const text = readFileSync(fileOf(site, path), 'utf8');
        if (/http-equiv="refresh"/.test(text)) continue;
        const lang = text.match(/<html lang="([^"]*)/)?.[1];
        const kind = text.match(/<body class="([^"]*)/)?.[1];
        const parts = path.replace(/^\/(fr|en)\//, '/').split('/');
        const shape = kind === 'kind-page' ? `${lang} page ${free[lang] = (free[lang] ?? 0) + 1}` : `${lang} ${kind} ${parts[1]} ${parts.length}`;
        if (kind === 'kind-page' && free[lang] > 3) continue;
        if (!found.has(shape)) found.set(shape, path);
    }
    return [...found.values()];
}

// The files of a built site.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

// Their paths below the folder, with slashes, sorted.
export function filesOf(folder) {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
        .sort();
}

// The address of an output: `/a/` for `a/index.html`, its own path for any other.
export function addressOf(path) {
    const whole = '/' + path.split('/').map(encodeURIComponent).join('/');
    return whole.replace(/\/index\.html$/, '/');
}

export function pagesOf(folder) {
    return filesOf(folder).filter((path) => path.endsWith('.html')).map(addressOf);
}

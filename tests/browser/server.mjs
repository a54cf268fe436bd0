// Built sites over HTTP on loopback, as a plain web server would give them: no listing, no
// fallback but 404.html. `copse serve` is not used, because what it adds is not published.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const types = {
    '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8', '.json': 'application/json', '.xml': 'application/xml',
    '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg',
    '.gif': 'image/gif', '.webp': 'image/webp', '.avif': 'image/avif', '.ico': 'image/x-icon',
    '.txt': 'text/plain; charset=utf-8', '.ics': 'text/calendar; charset=utf-8',
    '.pdf': 'application/pdf', '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json',
};

const isText = (type) => /^text|json|javascript|xml/.test(type);

// Serves the folder until close() is called, and `pages`, a Map from paths to HTML, in front of it.
// `headers` go with every answer; with `compress`, text is compressed, as servers are usually set up.
export async function serve(folder, headers = {}, pages = new Map(), compress = false) {
    const server = createServer((request, response) => {
        let path;
        try {
            path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
        } catch {
            response.writeHead(400).end();
            return;
        }
        if (pages.has(path)) {
            response.writeHead(200, { 'content-type': types['.html'], ...headers }).end(pages.get(path));
            return;
        }
        let file = join(folder, path);
        if (path.endsWith('/')) file = join(file, 'index.html');
        if (path.includes('\0') || !existsSync(file) || !statSync(file).isFile()) {
            const lost = join(folder, '404.html');
            response.writeHead(404, { 'content-type': types['.html'], ...headers });
            response.end(existsSync(lost) ? readFileSync(lost) : 'Not found');
            return;
        }
        const type = types[extname(file).toLowerCase()] ?? 'application/octet-stream';
        if (compress && isText(type) && /gzip/.test(request.headers['accept-encoding'] ?? '')) {
            response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip', ...headers });
            response.end(gzipSync(readFileSync(file)));
            return;
        }
        response.writeHead(200, { 'content-type': type, ...headers });
        createReadStream(file).pipe(response);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${server.address().port}`;
    return {
        origin,
        close() {
            server.closeAllConnections();
            return new Promise((resolve) => server.close(resolve));
        },
    };
}

// The least page that Pagefind's own API allows: eight results, each with its title and excerpt.
const pagefind = await import('/pagefind/pagefind.js');
const query = new URLSearchParams(location.search).get('q');
const found = await pagefind.search(query);
const list = document.getElementById('search-results');
const results = await Promise.all(found.results.slice(0, 10).map((one) => one.data()));
for (const one of results) {
    const item = list.appendChild(document.createElement('li'));
    const link = item.appendChild(document.createElement('h2')).appendChild(document.createElement('a'));
    link.href = one.url;
    link.textContent = one.meta.title;
    const text = item.appendChild(document.createElement('p'));
    text.innerHTML = one.excerpt;
}
document.body.dataset.done = found.results.length;

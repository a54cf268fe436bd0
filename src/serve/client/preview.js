/* The live preview's part in the browser: reloads the page when the site was built anew, takes new
 * stylesheets without a reload, shows what is wrong in the content over the last good page, and puts
 * a ribbon on pages that nobody else sees yet. */
(() => {
  'use strict';
  const script = document.currentScript;
  const since = new URL(script.src).searchParams.get('since') || '0';
  const address = new URL('events', script.src);
  let source = null;
  let last = since;
  let box = null;
  const ribbon = script.dataset.ribbon;

  function hide() {
    if (box) box.remove();
    box = null;
  }

  function show(text) {
    hide();
    let inside;
    [box, inside] = shadow('copse-problems');
    const panel = document.createElement('section');
    panel.setAttribute('role', 'alert');
    const heading = document.createElement('h1');
    heading.textContent = 'Not shown yet: something is not right';
    const close = document.createElement('button');
    close.type = 'button';
    close.textContent = 'Hide';
    close.addEventListener('click', hide);
    const list = document.createElement('pre');
    list.textContent = text;
    const note = document.createElement('p');
    note.textContent = 'The page is still the last good one. Save the mended file and this goes away.';
    panel.append(close, heading, list, note);
    inside.append(panel);
  }

  /* A part of the page that site and preview leave alone: [host, inside]. */
  function shadow(name) {
    const host = document.createElement(name);
    const inside = host.attachShadow({ mode: 'open' });
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = new URL('preview.css', script.src).href;
    inside.append(style);
    document.documentElement.append(host);
    return [host, inside];
  }

  async function look() {
    const answer = await fetch(new URL('problems', script.src), { cache: 'no-store' });
    const text = answer.ok ? await answer.text() : '';
    if (text) show(text);
    else hide();
  }

  function restyle() {
    for (const old of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const url = new URL(old.href, document.baseURI);
      if (url.origin !== location.origin) continue;
      url.searchParams.set('copse', last);
      const fresh = old.cloneNode();
      fresh.href = url.href;
      fresh.addEventListener('load', () => old.remove());
      old.after(fresh);
    }
  }

  function listen() {
    if (source) return;
    address.searchParams.set('since', last);
    source = new EventSource(address);
    source.addEventListener('reload', () => location.reload());
    source.addEventListener('style', (event) => { last = event.lastEventId; restyle(); });
    source.addEventListener('problems', (event) => { last = event.lastEventId; look().catch(() => {}); });
  }

  function rest() {
    if (source) source.close();
    source = null;
  }

  /* Browsers keep few connections to one server: a page that nobody looks at gives its own back. */
  document.addEventListener('visibilitychange', () => (document.hidden ? rest() : listen()));
  window.addEventListener('pagehide', rest);
  window.addEventListener('pageshow', () => { if (!document.hidden) listen(); });
  if (ribbon) {
    const words = document.createElement('div');
    words.textContent = ribbon;
    shadow('copse-ribbon')[1].append(words);
  }
  look().catch(() => {});
  if (!document.hidden) listen();
})();

// Narrows a list of people while one types. Without it the whole list stands there, with its letters,
// places, languages, services and designations as links.
(() => {
  // Letters that are no base letter with an accent; the others lose theirs below.
  const plain = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', '’': "'" };
  const fold = (text) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþı’]/g, (letter) => plain[letter]);

  // What an item shows, without its portrait's initials, and what its card has no room for.
  const wordsOf = (item) => fold([...item.children]
    .filter((part) => part.getAttribute('aria-hidden') !== 'true')
    .map((part) => part.textContent).join(' ') + ' ' + (item.dataset.find || ''));

  for (const box of document.querySelectorAll('[data-filter]')) {
    const list = document.getElementById(box.dataset.filter);
    const input = box.querySelector('input');
    const count = box.querySelector('[role="status"]');
    if (!list || !input || !count) continue;
    const items = [...list.children].map((item) => ({ item, text: wordsOf(item) }));
    let pause;

    const narrow = () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const { item, text } of items) {
        item.hidden = !words.every((word) => text.includes(word));
        shown += item.hidden ? 0 : 1;
      }
      // Told when the typing rests, so that a screen reader does not speak at each letter.
      clearTimeout(pause);
      pause = setTimeout(() => {
        count.textContent = words.length === 0 ? '' : box.dataset.shown
          .replace('%{shown}', shown).replace('%{all}', items.length);
      }, 250);
    };

    input.addEventListener('input', narrow);
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || input.value === '') return;
      event.preventDefault();
      input.value = '';
      narrow();
    });
    box.hidden = false;
    // What a browser has kept from the last visit counts too.
    if (input.value) narrow();
  }
})();

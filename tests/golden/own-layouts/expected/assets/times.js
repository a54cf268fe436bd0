// Says beside the time of an event what the visitor's own clock shows then, where that is another.
// Without it each time stands there in the zone of its event.
(() => {
  const lang = document.documentElement.lang || undefined;
  const hours = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' };
  const whole = { weekday: 'short', month: 'short', day: 'numeric', ...hours };
  const made = new Map();
  const formatOf = (parts) => made.get(parts) || made.set(parts, new Intl.DateTimeFormat(lang, parts)).get(parts);

  // Whether it is on the day that is written, where the visitor is.
  const isThatDay = (time) => {
    const date = new Date(time.dateTime);
    const [, month, day] = time.dateTime.split(/[-T]/);
    return date.getDate() === +day && date.getMonth() + 1 === +month;
  };

  // Minutes before UTC (as Date counts them) that the written time is in.
  const offsetOf = (written) => {
    const [, sign, hours, minutes] = written.match(/([+-])(\d\d):(\d\d)$/) || [0, '-', 0, 0];
    return (sign === '-' ? 1 : -1) * (60 * hours + +minutes);
  };

  // Whole days have no T in them: they are the same day for everyone.
  const timed = (part) => [...part.children].filter((child) =>
    child.matches('time[datetime*="T"]') && !isNaN(new Date(child.dateTime)));

  for (const area of document.querySelectorAll('[data-your-time]')) {
    const parts = new Set([...area.querySelectorAll('time')].map((time) => time.parentElement));
    for (const part of parts) {
      const [first, last] = timed(part);
      if (!first) continue;
      const start = new Date(first.dateTime);
      const end = new Date((last || first).dateTime);
      if (start.getTimezoneOffset() === offsetOf(first.dateTime)) continue;
      const format = formatOf(isThatDay(first) && isThatDay(last || first) ? hours : whole);
      const own = document.createElement('span');
      own.className = 'your-time';
      own.textContent = area.dataset.yourTime + ' '
        + (end > start ? format.formatRange(start, end) : format.format(start));
      part.append(' ', own);
    }
  }
})();

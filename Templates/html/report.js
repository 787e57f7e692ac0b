'use strict';
// The page is whole without this: it adds search, sorting and copying, and brings linked rows into sight.
(() => {
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  const contents = document.querySelector('.contents');
  const items = all('.remedy > article, details.row, .silent li, tbody tr').filter((item) =>
    !item.querySelector('[scope="rowgroup"]'));
  const groups = all('.remedy, .silent ul');
  const texts = new Map();
  const text = (item) => {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  };
  const found = make('output', {});
  const search = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const item of items) {
      const matches = words.every((word) => text(item).includes(word));
      item.classList.toggle('unmatched', !matches);
      if (matches) count += 1;
    }
    for (const group of groups) {
      group.classList.toggle('unmatched', words.length > 0
        && !group.querySelector('article:not(.unmatched), li:not(.unmatched), tr:not(.unmatched) > td'));
    }
    if (words.length > 0) {
      for (const fold of all('details.wide')) {
        fold.open = fold.open || !!fold.querySelector('tr:not(.unmatched) td, li:not(.unmatched)');
      }
    }
    found.textContent = words.length === 0 ? '' : count === 1 ? '1 row' : count + ' rows';
  };
  let waiting = 0;
  const field = make('input', { type: 'search', autocomplete: 'off', spellcheck: false });
  field.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, items.length > 2000 ? 250 : 60);
  });
  if (contents) contents.after(make('div', { className: 'tools' }, make('label', {}, 'Search this page', field), found));

  const ranks = ['critical', 'high', 'medium', 'low', 'info'];
  const units = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };
  const order = new Intl.Collator('en', { numeric: true });
  const value = (row, column) => {
    const shown = (row.cells[column]?.innerText ?? '').trim();
    const rank = ranks.indexOf(shown);
    if (rank >= 0) return rank;
    const size = /^([\d,]+(?:\.\d+)?)(?: (B|kB|MB|GB|TB)\b|$)/.exec(shown);
    return size ? parseFloat(size[1].replaceAll(',', '')) * (units[size[2]] ?? 1) : shown;
  };
  const compare = (left, right) => typeof left === 'number' && typeof right === 'number'
    ? left - right : order.compare(String(left), String(right));
  for (const table of all('table')) {
    const body = table.tBodies[0];
    if (table.tBodies.length !== 1 || body.rows.length === 1 || table.closest('.heat')) continue;
    for (const [column, head] of [...table.tHead.rows[0].cells].entries()) {
      const button = make('button', { type: 'button' }, ...head.childNodes);
      button.addEventListener('click', () => {
        const isUp = head.getAttribute('aria-sort') !== 'ascending';
        for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
        const rows = [...body.rows].map((row) => [value(row, column), row]);
        rows.sort((left, right) => (isUp ? 1 : -1) * compare(left[0], right[0]));
        body.append(...rows.map(([, row]) => row));
      });
      head.append(button);
    }
  }

  const copied = make('output', { className: 'away' });
  document.body.append(copied);
  for (const code of all('.command code, .identity dd > code')) {
    const name = code.closest('div')?.querySelector('dt')?.textContent ?? 'the command';
    const button = make('button', { type: 'button', className: 'copy' }, 'Copy');
    button.setAttribute('aria-label', 'Copy ' + name);
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(code);
        button.textContent = 'Selected';
      }
      copied.textContent = button.textContent + ': ' + name;
      setTimeout(() => { button.textContent = 'Copy'; }, 2000);
    });
    (code.parentElement.tagName === 'PRE' ? code.parentElement : code).after(button);
  }

  // A link leads to what can be seen: folded rows open, and what a filter or the search hides comes back.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let place = target; place; place = place.parentElement) if (place.tagName === 'DETAILS') place.open = true;
    if (target.checkVisibility()) return;
    for (const choice of all('.filter input[id$="-all"]')) choice.checked = true;
    field.value = '';
    search();
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  reveal();
})();

// Makes the desk quicker to work at: rows can be filtered, letters copied, moments stand in local time.
'use strict';
(() => {
  const said = (text) => {
    document.getElementById('said').textContent = text;
  };

  const filter = (select) => {
    const rows = [...document.getElementById(select.dataset.filters).querySelectorAll('tr[data-marks]')];
    for (const row of rows) row.hidden = Boolean(select.value) && !row.dataset.marks.split(' ').includes(select.value);
    for (const group of document.querySelectorAll(`#${select.dataset.filters} tr.group`)) {
      group.hidden = [...group.parentElement.querySelectorAll('tr[data-marks]')].every((row) => row.hidden);
    }
    return `${rows.filter((row) => !row.hidden).length} of ${rows.length} shown`;
  };

  const local = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  // Everything here is done again after the page was exchanged.
  const prepare = () => {
    for (const element of document.querySelectorAll('.filter, [data-copies]')) element.hidden = false;
    for (const select of document.querySelectorAll('[data-filters]')) filter(select);
    for (const time of document.querySelectorAll('time.moment')) time.textContent = local.format(new Date(time.dateTime));
  };

  const copy = async (button) => {
    const letter = document.getElementById(button.dataset.copies).querySelector('pre');
    try {
      await navigator.clipboard.writeText(letter.textContent);
      said('The letter is copied.');
    } catch {
      // Without leave to copy, the letter is marked so that a keystroke does it.
      getSelection().selectAllChildren(letter);
      said('The letter is selected: copy it with Ctrl+C.');
    }
  };

  document.addEventListener('change', ({ target }) => {
    if (target.matches('[data-filters]')) said(filter(target));
  });
  document.addEventListener('click', ({ target }) => {
    if (target.matches('[data-copies]')) copy(target);
  });
  document.addEventListener('annal:patched', prepare);
  prepare();
})();

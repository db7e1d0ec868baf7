// Makes the desk quicker to use: filters rows, copies letters, and shows times in the local time zone.
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
    return `Showing ${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
  };

  const local = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  // Runs again each time the page has been updated.
  const prepare = () => {
    for (const element of document.querySelectorAll('.filter, [data-copies]')) element.hidden = false;
    for (const select of document.querySelectorAll('[data-filters]')) filter(select);
    for (const time of document.querySelectorAll('time.moment')) time.textContent = local.format(new Date(time.dateTime));
  };

  const copy = async (button) => {
    const letter = document.getElementById(button.dataset.copies).querySelector('pre');
    try {
      await navigator.clipboard.writeText(letter.textContent);
      said('Letter copied.');
    } catch {
      // Without permission to copy, select the letter so that the reader can copy it.
      getSelection().selectAllChildren(letter);
      said('Letter selected. Press Ctrl+C to copy it.');
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

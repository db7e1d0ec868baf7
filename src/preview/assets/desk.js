// Makes the desk quicker to use: filters rows, copies letters, and shows times in the local time zone.
'use strict';
(() => {
  // The texts are attributes of the element that announces them, in the language of the desk.
  const texts = document.getElementById('said').dataset;
  const said = (text) => {
    document.getElementById('said').textContent = text;
  };

  const filter = (select) => {
    const rows = [...document.getElementById(select.dataset.filters).querySelectorAll('tr[data-marks]')];
    for (const row of rows) row.hidden = Boolean(select.value) && !row.dataset.marks.split(' ').includes(select.value);
    for (const group of document.querySelectorAll(`#${select.dataset.filters} tr.group`)) {
      group.hidden = [...group.parentElement.querySelectorAll('tr[data-marks]')].every((row) => row.hidden);
    }
    const shown = rows.filter((row) => !row.hidden).length;
    return texts.showing.replace('{n}', shown).replace('{all}', rows.length);
  };

  const local = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });
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
      said(texts.copied);
    } catch {
      // Without permission to copy, select the letter so that the reader can copy it.
      getSelection().selectAllChildren(letter);
      said(texts.selected);
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

// Makes the desk work: filters rows, copies letters, and asks the preview to change files.
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

  // Runs again each time the page has been updated.
  const prepare = () => {
    for (const element of document.querySelectorAll('.filter, [data-copies]')) element.hidden = false;
    for (const select of document.querySelectorAll('[data-filters]')) filter(select);
  };

  const copy = async (button) => {
    const letter = document.getElementById(button.dataset.copies).querySelector('pre');
    try {
      await navigator.clipboard.writeText(letter.textContent);
      said(texts.copied);
    } catch {
      // Without permission to copy, show and select the letter so that the reader can copy it.
      letter.closest('details').open = true;
      getSelection().selectAllChildren(letter);
      said(texts.selected);
    }
  };

  // Sends a request to change something. The token shows that it comes from this page, and the hash what was shown.
  const post = async (address, body, shown) => {
    const headers = { 'X-Annal-Token': document.querySelector('meta[name=annal-token]')?.content ?? '' };
    if (shown) headers['X-Annal-Shown'] = shown;
    try {
      const answer = await fetch(address, { method: 'POST', headers, body });
      return { isDone: answer.ok, status: answer.status, text: await answer.text() };
    } catch {
      return { isDone: false, status: 0, text: texts.unreachable };
    }
  };

  // Shows what could not be done beside the button that asked for it.
  const complain = (button, text) => {
    const place = button.closest('main').querySelector('.reply');
    if (!place) return said(text);
    place.textContent = text;
    place.hidden = false;
    return undefined;
  };

  const act = async (button) => {
    button.disabled = true;
    const { isDone, text } = await post(button.dataset.post, undefined, button.dataset.shown);
    button.disabled = false;
    if (!isDone) {
      complain(button, text);
    } else if (button.dataset.go) {
      location.assign(button.dataset.go);
    } else {
      said(text);
      document.dispatchEvent(new CustomEvent('annal:look'));
    }
  };

  // What has been copied or opened in a mail program has usually been sent: the next step is to say so.
  const offer = (button) => {
    const mark = document.getElementById(button.dataset.then).querySelector('[data-post]');
    if (!mark) return;
    const next = mark.cloneNode(true);
    next.classList.remove('quiet');
    button.after(next);
    button.hidden = true;
    next.focus();
  };

  document.addEventListener('change', ({ target }) => {
    if (target.matches('[data-filters]')) said(filter(target));
  });
  document.addEventListener('click', async ({ target }) => {
    const button = target.closest('button, a');
    if (!button) return;
    if (button.matches('[data-copies]')) await copy(button);
    if (button.matches('[data-then]')) offer(button);
    if (button.matches('[data-post]')) act(button);
  });
  document.addEventListener('annal:patched', prepare);
  prepare();
})();

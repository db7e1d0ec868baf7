// Makes the desk work: filters rows, copies letters, takes in documents, and asks the preview to change files.
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
    const place = (button.closest('[data-kept], details') ?? button.closest('main')).querySelector('.reply');
    if (!place) return said(text);
    place.textContent = text;
    place.hidden = false;
    return undefined;
  };

  const act = async (button) => {
    button.disabled = true;
    const field = document.getElementById(button.dataset.body ?? '');
    const { isDone, text } = await post(button.dataset.post, field?.value, button.dataset.shown);
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

  // ——— Documents ———

  // What is waiting to be taken in: each a file or a pasted text, with its name and what was answered about it.
  const waiting = [];
  const region = () => document.getElementById('taken');

  const send = (taken, more, shown) => {
    const query = new URLSearchParams({ ...taken.answers, ...more, name: taken.name });
    // A space is written as `%20`, which every reader of addresses knows.
    return post(`/_desk/intake?${query.toString().replaceAll('+', '%20')}`, taken.body, shown);
  };

  // Shows what the first of the waiting documents would become.
  const showNext = async () => {
    const place = region();
    place.replaceChildren();
    place.hidden = waiting.length === 0;
    if (place.hidden) return;
    const { isDone, text } = await send(waiting[0], {});
    if (isDone) {
      // The server escapes everything that comes from the document.
      const page = new DOMParser().parseFromString(text, 'text/html');
      place.replaceChildren(...[...page.getElementById('main').childNodes].map((node) => document.importNode(node, true)));
    } else {
      const warning = Object.assign(document.createElement('p'), { className: 'warning', textContent: text });
      const close = Object.assign(document.createElement('button'), { type: 'button', textContent: texts.close });
      close.dataset.cancels = '';
      place.replaceChildren(warning, close);
    }
    place.scrollIntoView({ block: 'nearest' });
    (place.querySelector('h3') ?? place.querySelector('button')).focus({ preventScroll: true });
  };

  const take = (documents) => {
    const isIdle = waiting.length === 0;
    waiting.push(...documents);
    if (isIdle) showNext();
  };
  const takeFiles = (files) =>
    take([...files].map((file) => {
      const changed = new Date(file.lastModified);
      const day = [changed.getFullYear(), changed.getMonth() + 1, changed.getDate()];
      return { name: file.name, body: file, answers: { changed: day.map((n) => String(n).padStart(2, '0')).join('-') } };
    }));
  // Formatted text is worth more than plain text, since it has headings and lists.
  const takeText = (transfer) => {
    const text = transfer.getData('text/html') || transfer.getData('text/plain');
    if (text.trim()) take([{ name: '', body: new Blob(['\ufeff', text]), answers: {} }]);
  };

  const save = async (button) => {
    button.disabled = true;
    const { isDone, text } = await send(waiting[0], { save: '1' }, button.dataset.saves);
    button.disabled = false;
    if (!isDone) {
      complain(button, text);
      return;
    }
    said(text);
    waiting.shift();
    showNext();
    document.dispatchEvent(new CustomEvent('annal:look'));
  };

  document.addEventListener('dragover', (event) => {
    if (!region()) return;
    event.preventDefault();
    document.body.classList.add('dropping');
  });
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!relatedTarget) document.body.classList.remove('dropping');
  });
  document.addEventListener('drop', (event) => {
    document.body.classList.remove('dropping');
    if (!region()) return;
    event.preventDefault();
    if (event.dataTransfer.files.length) takeFiles(event.dataTransfer.files);
    else takeText(event.dataTransfer);
  });
  document.addEventListener('paste', (event) => {
    // Pasting works anywhere on the desk where nothing else can be pasted into.
    if (!region() || event.target.closest('input')) return;
    event.preventDefault();
    if (event.clipboardData.files.length) takeFiles(event.clipboardData.files);
    else takeText(event.clipboardData);
  });

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
    if (target.id === 'take-in-file') {
      takeFiles(target.files);
      target.value = '';
    }
    if (target.matches('select[data-asks]') && target.value) {
      waiting[0].answers[target.dataset.asks] = target.value;
      showNext();
    }
  });
  document.addEventListener('click', async ({ target }) => {
    const button = target.closest('button, a');
    if (!button) return;
    if (button.matches('[data-copies]')) await copy(button);
    if (button.matches('[data-then]')) offer(button);
    if (button.matches('[data-opens]')) {
      const details = document.getElementById(button.dataset.opens).querySelector('details');
      details.open = !details.open;
      if (details.open) details.querySelector('input').focus();
    }
    if (button.matches('[data-post]')) act(button);
    if (button.matches('[data-saves]')) save(button);
    if (button.matches('button[data-asks]')) {
      waiting[0].answers[button.dataset.asks] = '1';
      showNext();
    }
    if (button.matches('[data-cancels]')) {
      waiting.shift();
      showNext();
    }
  });
  // Enter in a field does what the button beside it does.
  document.addEventListener('keydown', (event) => {
    const button = event.key === 'Enter' && event.target.matches('input') && event.target.parentElement.querySelector('[data-body]');
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  document.addEventListener('annal:patched', prepare);
  prepare();
})();

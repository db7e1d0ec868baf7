// Keeps a page of the preview up to date. This file runs in two places. In a shared worker, it listens for events for
// all tabs, so many tabs need only one connection. In a tab, it updates what has changed and shows the problems.
'use strict';
(() => {
  const EVENTS = '/_annal/events';

  // Listens for events and passes them on. `null` means that the preview cannot be reached.
  const listen = (receive) => {
    const source = new EventSource(EVENTS);
    source.onmessage = (event) => receive(JSON.parse(event.data));
    source.onerror = () => {
      receive(null);
      // A browser does not reconnect by itself if the response was not an event stream.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(receive), 1000);
    };
  };

  if (typeof document === 'undefined') {
    const tabs = new Set();
    let latest;
    listen((news) => {
      latest = news && { ...news, changed: null };
      for (const tab of tabs) tab.postMessage(news);
    });
    self.onconnect = ({ ports: [tab] }) => {
      tabs.add(tab);
      tab.onmessage = ({ data }) => {
        if (data === 'bye') tabs.delete(tab);
        else tabs.add(tab);
        if (data === 'hello' && latest !== undefined) tab.postMessage(latest);
      };
      if (latest !== undefined) tab.postMessage(latest);
    };
    return;
  }

  const own = document.currentScript;
  // The texts are in the language of the desk; what is wrong and how to fix it is always in English.
  const texts = JSON.parse(own.dataset.texts);
  let { mark } = own.dataset;
  let isMissing = 'missing' in own.dataset;
  const isDesk = location.pathname.startsWith('/_desk/');
  const plain = (address) => {
    const path = new URL(address, location.href).pathname.replace(/(^|\/)index\.html$/, '$1');
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  };

  // ——— The page ———

  const isSheet = (node) => node.nodeName === 'LINK' && node.relList.contains('stylesheet');

  // Replaces a style sheet only once the new one has loaded, so that the page does not flash.
  const swapSheet = (old, fresh) =>
    new Promise((done) => {
      const finish = () => {
        old?.remove();
        done();
      };
      fresh.addEventListener('load', finish, { once: true });
      fresh.addEventListener('error', finish, { once: true });
      if (old) old.after(fresh);
      else document.head.append(fresh);
    });

  const patchHead = (next) => {
    const sheets = (head) => [...head.children].filter(isSheet);
    const [old, fresh] = [sheets(document.head), sheets(next.head)];
    const name = (sheet) => sheet.getAttribute('href').replace(/[?&]annal=\d+$/, '');
    const swaps = fresh.map((sheet, i) => {
      if (old[i] && name(old[i]) === name(sheet)) return undefined;
      return swapSheet(old[i], document.importNode(sheet, true));
    });
    for (const sheet of old.slice(fresh.length)) sheet.remove();
    const others = 'title, meta:not([http-equiv]), link:not([rel~="stylesheet"])';
    for (const node of document.head.querySelectorAll(others)) node.remove();
    for (const node of next.head.querySelectorAll(others)) document.head.append(document.importNode(node, true));
    return Promise.all(swaps);
  };

  // State that belongs to the reader: a new version of the page must not reset it.
  const isKept = (node, name) => name === 'open' && node.nodeName === 'DETAILS';

  const patchAttributes = (old, next) => {
    for (const { name } of [...old.attributes]) {
      if (!next.hasAttribute(name) && !isKept(old, name)) old.removeAttribute(name);
    }
    for (const { name, value } of next.attributes) {
      if (old.getAttribute(name) !== value && !isKept(old, name)) old.setAttribute(name, value);
    }
  };

  const canBecome = (old, next) =>
    old.nodeType === next.nodeType && old.nodeName === next.nodeName && (old.id ?? '') === (next.id ?? '');

  // Makes an element's children equal to those of another. Equal children at the start and end are not touched.
  const patchChildren = (old, next) => {
    let [a, b] = [[...old.childNodes], [...next.childNodes]];
    while (a.length && b.length && a[0].isEqualNode(b[0])) [a, b] = [a.slice(1), b.slice(1)];
    while (a.length && b.length && a.at(-1).isEqualNode(b.at(-1))) [a, b] = [a.slice(0, -1), b.slice(0, -1)];
    const end = a.length ? a.at(-1).nextSibling : b.length ? after(old, next, b.at(-1)) : null;
    for (const node of b) {
      // An element with an id is matched by its id; any other node replaces the one at its position.
      const found = node.id ? a.findIndex((other) => canBecome(other, node)) : a[0] && canBecome(a[0], node) ? 0 : -1;
      if (found < 0) {
        old.insertBefore(document.importNode(node, true), a[0] ?? end);
        continue;
      }
      for (const gone of a.splice(0, found)) gone.remove();
      patch(a.shift(), node);
    }
    for (const gone of a) gone.remove();
  };

  // The node to insert before: the first of the equal children at the end.
  const after = (old, next, last) => {
    const left = next.childNodes.length - [...next.childNodes].indexOf(last) - 1;
    return left ? old.childNodes[old.childNodes.length - left] : null;
  };

  const patch = (old, next) => {
    // What the reader is working on, which the server does not know.
    if (old.isEqualNode(next) || old.dataset?.kept !== undefined) return;
    if (old.nodeType !== Node.ELEMENT_NODE) {
      old.nodeValue = next.nodeValue;
      return;
    }
    patchAttributes(old, next);
    patchChildren(old, next);
  };

  const scripts = (page) =>
    [...page.scripts].filter((script) => script.type !== 'application/ld+json' && !('mark' in script.dataset));
  const sameScripts = (next) => scripts(document).map((s) => s.src).join() === scripts(next).map((s) => s.src).join();

  // Fetches the page and updates what has changed.
  const look = async () => {
    const headers = isMissing ? {} : { 'If-None-Match': `"${mark}"` };
    const answer = await fetch(location.pathname, { headers, cache: 'no-store' });
    // A page of the desk leads to another one if what it was for has been done. It stays on screen.
    if (answer.status === 304 || (isDesk && answer.redirected)) return say('gone', '');
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const nextMark = next.querySelector('script[data-mark]')?.dataset.mark;
    if (answer.status === 404) {
      // A page that has been removed stays on screen, with a notice.
      return isMissing || say('gone', texts.gone);
    }
    if (!answer.ok || !nextMark) return undefined;
    // Scripts do not run again when they are inserted, so the page has to be reloaded.
    if (!sameScripts(next) || isMissing) return location.reload();
    mark = nextMark;
    say('gone', '');
    const sheets = patchHead(next);
    next.querySelector('script[data-mark]')?.remove();
    patchAttributes(document.documentElement, next.documentElement);
    const inBody = document.body.contains(own) && own;
    if (inBody) own.remove();
    patch(document.body, next.body);
    await sheets;
    document.dispatchEvent(new CustomEvent('annal:patched'));
    return undefined;
  };

  // The style sheets, images and scripts that the page loads from the preview.
  const source = (node) => new URL(node.getAttribute('href') ?? node.getAttribute('src') ?? '', location.href);
  const shownWith = () => {
    const all = [...[...document.head.children].filter(isSheet), ...document.images, ...scripts(document)];
    return all.map((node) => [node, source(node)]).filter(([, url]) => url.origin === location.origin);
  };

  // Loads files again that have changed but kept their name.
  const refresh = (shown, isChanged, number) => {
    for (const [node, url] of shown) {
      // The updated page may load another file there by now.
      if (!node.isConnected || source(node).pathname !== url.pathname || !isChanged(plain(url))) continue;
      url.searchParams.set('annal', number);
      if (isSheet(node)) swapSheet(node, Object.assign(node.cloneNode(), { href: url.pathname + url.search }));
      else if (node.nodeName === 'IMG') node.src = url.pathname + url.search;
      else location.reload();
    }
  };

  // The desk asks for this after it has changed something that no event reports.
  document.addEventListener('annal:look', () => look().catch(() => {}));

  // Events are handled one at a time.
  let dealing = Promise.resolve();
  const deal = (isChanged, number, isOnlyPage) => {
    dealing = dealing.then(async () => {
      const shown = shownWith();
      // A page of the desk can change with any file.
      if (isMissing || isDesk || isChanged(plain(location.href))) await look().catch(() => {});
      if (!isOnlyPage) refresh(shown, isChanged, number);
    });
  };

  // ——— Problems ———

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const host = make('annal-preview');
  const shade = host.attachShadow({ mode: 'open' });
  const badge = make('button', { type: 'button', className: 'badge', hidden: true });
  const title = make('h2', { id: 'title' });
  const close = make('button', { type: 'button', className: 'close', textContent: texts.dismiss });
  const desk = make('a', { href: '/_desk/', textContent: texts.desk });
  // How this page is made. The front page has a name here, because the address without one lists all pages.
  const inspect = make('a', { textContent: texts.inspect });
  inspect.href = `/_desk/view/${location.pathname.slice(1) || 'index.html'}`;
  const list = make('ol');
  const panel = make('section', { className: 'panel', hidden: true, tabIndex: -1 });
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-labelledby', 'title');
  panel.append(make('div', { className: 'head' }, title, inspect, desk, close), list);
  const notices = make('div', { className: 'notices' });
  notices.setAttribute('role', 'status');
  shade.append(make('link', { rel: 'stylesheet', href: '/_annal/live.css' }), notices, badge, panel);

  const said = new Map();
  const say = (topic, text) => {
    if ((said.get(topic) ?? '') === text) return;
    said.set(topic, text);
    notices.replaceChildren(...[...said.values()].filter(Boolean).map((line) => make('p', { textContent: line })));
    if (said.get('gone')) {
      notices.append(make('p', {}, make('a', { href: '/', textContent: texts.front }), ' ', desk.cloneNode(true)));
    }
  };

  let faults = [];
  const name = (fault) => [fault.code, fault.file, fault.message].join('\n');
  const STORE = 'annal-dismissed';
  const dismissed = () => {
    try {
      return new Set(JSON.parse(sessionStorage.getItem(STORE) ?? '[]'));
    } catch {
      return new Set();
    }
  };
  const errors = () => faults.filter((fault) => fault.severity === 'error');

  const dismiss = () => {
    if (panel.hidden) return;
    const hadFocus = panel.contains(shade.activeElement);
    panel.hidden = true;
    badge.hidden = faults.length === 0;
    sessionStorage.setItem(STORE, JSON.stringify(errors().map(name)));
    if (hadFocus) badge.focus();
  };
  const open = (takesFocus) => {
    panel.hidden = false;
    badge.hidden = true;
    if (takesFocus || document.activeElement === document.body) panel.focus({ preventScroll: true });
  };
  close.addEventListener('click', dismiss);
  badge.addEventListener('click', () => open(true));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !panel.hidden) {
      event.preventDefault();
      dismiss();
    }
  });

  // Everything is inserted as text, so that nothing in a source file can become markup.
  const item = (fault) => {
    const source = `/_desk/file/${fault.file.split('/').map(encodeURIComponent).join('/')}#L${fault.line}`;
    const place = `${fault.file}:${fault.line}:${fault.column}`;
    const where = make('p', { className: 'where' }, make('a', { href: source, textContent: place }));
    if (fault.fix) where.append(' · ', make('a', { href: fault.fix, textContent: texts.fix }));
    if (fault.page && fault.page !== plain(location.href)) {
      where.append(' · ', make('a', { href: fault.page, textContent: texts.page }));
    }
    const what = make('h3', {}, make('span', { className: fault.severity, textContent: texts[fault.severity] }));
    what.append(' ', make('span', { lang: 'en-GB', textContent: fault.message }), ' ', make('code', { textContent: fault.code }));
    const entry = make('li', {}, what, where);
    if (fault.snippet) entry.append(make('pre', { textContent: fault.snippet, tabIndex: 0 }));
    if (fault.help) entry.append(make('p', { className: 'help' }, texts.help.replace('{help}', ''), make('span', { lang: 'en-GB', textContent: fault.help })));
    return entry;
  };

  // Errors of other pages do not cover this one: the badge counts them. What belongs to no page can stop all of them.
  const concerns = (fault, here) => !fault.page || fault.page === here;

  const showFaults = (document_) => {
    const here = plain(location.href);
    const isHere = (fault) => fault.page === here;
    faults = [...document_.faults.filter(isHere), ...document_.faults.filter((fault) => !isHere(fault))];
    title.textContent = document_.title;
    badge.textContent = title.textContent;
    badge.className = document_.errors ? 'badge error' : 'badge';
    list.replaceChildren(...faults.map(item));
    if (document_.more) list.append(make('li', { textContent: document_.more }));
    const known = dismissed();
    if (errors().length === 0) {
      panel.hidden = true;
      sessionStorage.removeItem(STORE);
    } else if (!isMissing && errors().some((fault) => concerns(fault, here) && !known.has(name(fault)))) {
      open(false);
    }
    badge.hidden = faults.length === 0 || !panel.hidden;
  };

  let faultsMark;
  const askForFaults = async (nextMark) => {
    // The desk lists all problems itself.
    if (nextMark === faultsMark || isDesk) return;
    faultsMark = nextMark;
    try {
      showFaults(await (await fetch('/_annal/faults.json')).json());
    } catch {
      faultsMark = undefined;
    }
  };

  // ——— Events ———

  let isFirst = true;
  let away;
  const hear = (news) => {
    if (news === null) {
      away ??= setTimeout(() => say('away', texts.away), 1500);
      return;
    }
    clearTimeout(away);
    away = undefined;
    say('away', '');
    const isChanged = (address) => news.changed === null || news.changed.includes(address);
    // The first event describes the version that has just been loaded.
    deal(isChanged, news.edition, isFirst);
    isFirst = false;
    askForFaults(news.faults);
  };

  const begin = () => {
    document.documentElement.append(host);
    if (typeof SharedWorker === 'undefined') {
      listen(hear);
      return;
    }
    const worker = new SharedWorker(own.src, 'annal');
    worker.onerror = () => listen(hear);
    worker.port.onmessage = ({ data }) => hear(data);
    addEventListener('pagehide', () => worker.port.postMessage('bye'));
    addEventListener('pageshow', ({ persisted }) => persisted && worker.port.postMessage('hello'));
  };
  begin();
})();

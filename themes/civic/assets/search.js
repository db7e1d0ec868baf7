// The search page's script: loads each report's index when it is first searched, and finds words in it. The newest
// report's results are shown as soon as it is there; what older reports have comes below, so that nothing moves.
//
// An index is {"pages": [[title, address, [[heading, fragment, text], …]], …]}. Case and accents are
// ignored. A word of the query matches the same word and longer words that begin with it. Only if there are none does it
// match words one or two typing mistakes away, and the page says so. All text is inserted into the page as text, never
// as markup.
"use strict";

(() => {
  const form = document.getElementById("search");
  const query = document.getElementById("q");
  const within = document.getElementById("in");
  const kind = document.getElementById("kind");
  const rest = document.getElementById("rest");
  const status = document.getElementById("found");
  const list = document.getElementById("results");
  const say = form.dataset;
  const SHOWN = 20;
  const WEIGHTS = [12, 5, 1]; // of a word in a page's title, in a heading, and in text

  // The words of a text: letters and digits, joined as in A&E and child's.
  const WORD = /[\p{L}\p{N}]+(?:[&'’][\p{L}\p{N}]+)*/gu;
  const fold = (word) => word.normalize("NFD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase();

  // The letters of a word as bits. A typing mistake adds or removes one letter at most.
  const letters = (word) => [...word].reduce((bits, letter) => bits | (1 << letter.charCodeAt(0) % 32), 0);
  function lacking(bits) {
    let count = 0;
    for (; bits; bits &= bits - 1) count++;
    return count;
  }

  // Turns an index into a list of sections, and a map from words to the sections that contain them.
  function prepare(pages, year) {
    const sections = [];
    const words = new Map();
    const add = (text, field, at) => {
      for (const [word] of text.matchAll(WORD)) {
        const key = fold(word);
        let entry = words.get(key);
        if (!entry) words.set(key, (entry = { bits: letters(key), places: new Map() }));
        const { places } = entry;
        places.set(at, (places.get(at) ?? 0) + WEIGHTS[field]);
      }
    };
    for (const [title, address, parts] of pages) {
      // The title belongs to the whole page, so it counts once, with the first section.
      for (const [i, part] of (parts.length ? parts : [["", "", ""]]).entries()) {
        const at = sections.push({ title, address, year, part }) - 1;
        if (i === 0) add(title, 0, at);
        add(part[0], 1, at);
        add(part[2], 2, at);
      }
    }
    return { sections, words };
  }

  const loaded = new Map();
  function load(address, year) {
    if (!loaded.has(address)) {
      const index = fetch(address)
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
        .then(({ pages }) => prepare(pages, year));
      index.catch(() => loaded.delete(address));
      loaded.set(address, index);
    }
    return loaded.get(address);
  }

  // The number of insertions, deletions, changes and swaps of neighbours between two words, up to a limit.
  function distance(a, b, limit) {
    if (Math.abs(a.length - b.length) > limit) return limit + 1;
    let before = [], last = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const change = a[i - 1] === b[j - 1] ? 0 : 1;
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
        if (cost < least) least = cost;
      }
      if (least > limit) return limit + 1;
      before = last;
      last = row;
    }
    return last[b.length];
  }

  // How well a word of an index matches a word of the query: from 0 (not at all) to 1. What begins with a few letters
  // and is much longer may be another word.
  function meant(wanted, word) {
    if (word === wanted) return 1;
    const isStart = wanted.length > 3 || (wanted.length > 1 && word.length <= 2 * wanted.length);
    return isStart && word.startsWith(wanted) ? 0.4 + (0.5 * wanted.length) / word.length : 0;
  }

  // The same for words with typing mistakes. In a word of four letters a changed letter would make another word.
  function similar(wanted, word, missing) {
    if (wanted.length > 1 && word.startsWith(wanted)) return 0.4;
    const limit = wanted.length < 4 ? 0 : wanted.length < 8 ? 1 : 2;
    if (lacking(missing) > limit || (wanted.length === 4 && word.length === 4 && missing)) return 0;
    const slips = Math.min(distance(wanted, word, limit), distance(wanted, word.slice(0, wanted.length), limit) + 0.5);
    return slips <= limit ? 0.35 / slips : 0;
  }

  // How each word of the query is looked for: as it is, if any of the indexes has it.
  function ways(indexes, wanted) {
    const has = (one, like) => {
      const own = letters(one);
      for (const { words } of indexes) for (const [word, { bits }] of words) if (like(one, word, own & ~bits)) return true;
      return false;
    };
    return wanted.map((one) => (has(one, meant) ? meant : has(one, similar) ? similar : meant));
  }

  // The sections of an index that match a query, each with its score and the matching words.
  function find({ sections, words }, wanted, likes) {
    const scores = new Map();
    for (const [i, one] of wanted.entries()) {
      const best = new Map();
      const bits = letters(one);
      for (const [word, { bits: own, places }] of words) {
        const like = likes[i](one, word, bits & ~own);
        if (!like) continue;
        const rarity = Math.log(1 + sections.length / places.size);
        for (const [at, weight] of places) {
          const score = (like * rarity * weight) / (weight + 2);
          if (score > (best.get(at)?.score ?? 0)) best.set(at, { score, word });
        }
      }
      for (const [at, { score, word }] of best) {
        const found = scores.get(at) ?? { score: 0, words: new Set(), answered: 0 };
        found.score += score;
        found.answered += 1;
        found.words.add(word);
        scores.set(at, found);
      }
    }
    return [...scores].map(([at, found]) => ({
      ...sections[at],
      words: found.words,
      // A query of three words must match all three.
      score: found.score * (found.answered / wanted.length) ** 2,
    }));
  }

  // A text as nodes, with the matching words marked.
  function marked(text, words) {
    const nodes = document.createDocumentFragment();
    let from = 0;
    for (const match of text.matchAll(WORD)) {
      if (!words.has(fold(match[0]))) continue;
      nodes.append(text.slice(from, match.index));
      const mark = nodes.appendChild(document.createElement("mark"));
      mark.textContent = match[0];
      from = match.index + match[0].length;
    }
    nodes.append(text.slice(from));
    return nodes;
  }

  // About two lines of a text around the first matching word.
  function excerpt(text, words) {
    const first = [...text.matchAll(WORD)].find(([word]) => words.has(fold(word)))?.index ?? 0;
    let start = first < 80 ? 0 : text.indexOf(" ", first - 60) + 1;
    if (start > first) start = first;
    const end = text.length - start < 200 ? text.length : text.lastIndexOf(" ", start + 180);
    return (start > 0 ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
  }

  // The kind of page at an address: its folder below the year.
  function kindOf(address) {
    const folder = address.replace(/^\d{4}-\d{2}\//, "").split("/")[0];
    return ["boards", "agencies", "priorities", "glossary"].includes(folder) ? folder : "other";
  }

  function item({ title, address, year, part: [heading, fragment, text], words }) {
    const item = document.createElement("li");
    const link = item.appendChild(document.createElement("a"));
    link.href = say.root + address + (fragment && "#" + fragment);
    link.append(marked(heading ? `${title}: ${heading}` : title, words));
    if (year) item.append(" ", Object.assign(document.createElement("small"), { textContent: year }));
    if (text) item.appendChild(document.createElement("p")).append(marked(excerpt(text, words), words));
    return item;
  }

  // Shows results, up to a number of them; a button shows the rest. `missed` are the words that only similar ones match.
  function show(found, most, missed) {
    list.replaceChildren(...found.slice(0, most).map(item));
    const n = found.length;
    const left = Math.max(n - most, 0);
    const count = (n === 0 ? say.none : n === 1 ? say.one : say.many).replace("{n}", n);
    status.textContent = n && missed.length && say.similar ? `${say.similar.replace("{words}", missed.join(" "))} ${count}` : count;
    rest.hidden = left === 0;
    rest.textContent = say.rest.replace("{n}", left);
    rest.onclick = () => {
      const next = list.children.length;
      show(found, n, missed);
      list.children[next].querySelector("a").focus();
    };
  }

  let turn = 0;
  async function search() {
    const mine = ++turn;
    const typed = new Map([...query.value.matchAll(WORD)].map(([word]) => [fold(word), word]));
    const wanted = [...typed.keys()];
    const address = new URL(location.href);
    for (const field of [query, within, kind]) {
      if (field.value.trim()) address.searchParams.set(field.name, field.value.trim());
      else address.searchParams.delete(field.name);
    }
    history.replaceState(null, "", address);
    if (!wanted.length) {
      list.replaceChildren();
      status.textContent = "";
      rest.hidden = true;
      return;
    }
    document.getElementById("a-to-z").open = false;
    const results = (indexes, likes) => {
      const found = indexes.flatMap((one) => find(one, wanted, likes));
      const ofKind = kind.value ? found.filter((one) => kindOf(one.address) === kind.value) : found;
      return ofKind.sort((a, b) => b.score - a.score);
    };
    const missed = (likes) => wanted.filter((_, i) => likes[i] === similar).map((one) => typed.get(one));
    const [first, ...older] = [...within.options].filter((one) => one.dataset.index && (!within.value || one.selected));
    const newest = first ? [load(first.dataset.index, first.value)] : [];
    if (!within.value) newest.push(load(form.querySelector("button").dataset.index, ""));
    if (!status.textContent) status.textContent = say.loading;
    try {
      const now = await Promise.all(newest);
      let likes = ways(now, wanted);
      // If an older report may have a word as it was typed, there is nothing to show yet.
      if (mine === turn && !(older.length && missed(likes).length)) show(results(now, likes), SHOWN, missed(likes));
      if (!older.length) return;
      const before = await Promise.all(older.map((one) => load(one.dataset.index, one.value)));
      likes = ways([...now, ...before], wanted);
      const found = [...results(now, likes), ...results(before, likes)];
      if (mine === turn) show(found, Math.max(SHOWN, list.children.length), missed(likes));
    } catch {
      if (mine === turn) status.textContent = say.failed;
    }
  }

  const asked = new URLSearchParams(location.search);
  query.value = asked.get("q") ?? "";
  within.value = asked.get("in") ?? "";
  if (within.selectedIndex < 0) within.value = "";
  kind.value = asked.get("kind") ?? "";
  if (kind.selectedIndex < 0) kind.value = "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  query.addEventListener("input", search);
  within.addEventListener("change", search);
  kind.addEventListener("change", search);
  if (query.value) search();
})();

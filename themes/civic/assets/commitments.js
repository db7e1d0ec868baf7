// Filters the lists of commitments by outcome, board or agency, and priority. The choice is kept in the address, so that
// it can be sent to others.
"use strict";

(() => {
  const form = document.getElementById("filters");
  const status = form.querySelector("[role=status]");
  const rows = [...document.querySelectorAll("[data-body]:not(form *)")];
  const groups = [...document.querySelectorAll("[data-group]")].map((element) => ({ element, open: element.open }));
  const sections = document.querySelectorAll(".tracked");
  const hasRows = (element) => element.querySelector("[data-body]:not([hidden])") !== null;

  function filter() {
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    const isFiltered = chosen.length > 0;
    let shown = 0;
    for (const row of rows) {
      row.hidden = chosen.some(([name, value]) => row.dataset[name] !== value);
      shown += row.hidden ? 0 : 1;
    }
    for (const { element, open } of groups) {
      element.hidden = isFiltered && !hasRows(element);
      element.open = isFiltered || open;
    }
    for (const section of sections) section.hidden = isFiltered && !hasRows(section);
    status.textContent = isFiltered ? form.dataset.shown.replace("{shown}", shown).replace("{all}", rows.length) : "";
    const query = new URLSearchParams(chosen).toString();
    history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
  }

  for (const [name, value] of new URLSearchParams(location.search)) {
    const select = form.elements.namedItem(name);
    if (select) select.value = value;
  }
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  if ([...new FormData(form)].some(([, value]) => value)) filter();
})();

// Keys of one letter for whoever is signed in: j k move along a list, Enter opens (the browser's own), / searches, ? tells.
// They are dead where the page has no way to switch them off, when they are switched off, while somebody types or
// chooses, and behind an open dialog.
const busy = "input, textarea, select, [contenteditable], [role=textbox], [role=combobox], [role=listbox], [data-grid]";
const help = document.querySelector("[data-keys-help]");

const lineOf = (row) => row.closest("tr, li") ?? row;
const rows = () => [...document.querySelectorAll("[data-key-row], main .table tbody th[scope=row]")]
  .map((row) => (row.matches("a") ? row : row.querySelector("a[href]"))).filter(Boolean);

function move(by) {
  const found = rows();
  const here = found.findIndex((row) => lineOf(row).contains(document.activeElement));
  const next = found[Math.min(Math.max(here + by, 0), found.length - 1)];
  next?.focus();
  return Boolean(next);
}

function search() {
  const box = document.querySelector("[data-key-search]");
  box?.focus();
  box?.select();
  return Boolean(box);
}

function tell() {
  help.showModal();
  return true;
}

const keys = { j: () => move(1), k: () => move(-1), "/": search, "?": tell };

document.addEventListener("keydown", (event) => {
  const act = keys[event.key];
  if (!act || !help || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.documentElement.dataset.keys === "off" || event.target.closest?.(busy) || document.querySelector("dialog:modal")) return;
  if (act()) event.preventDefault();
});

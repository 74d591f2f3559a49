// Keys of one letter for whoever is signed in: j k move along a list, Enter opens (the browser's own), / searches, ?
// tells; a letter that the row offers does what stands there (`data-key`). In a list that is read by its differences
// ([data-key-differences]) j and n lead to the next line that differs, k to the one before, the arrows along all lines.
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

// What the row in which the reader is offers under a letter: a button, a link, or a fold to open.
function offered(letter) {
  const row = document.activeElement?.closest("tr, li");
  const wanted = row?.querySelector(`[data-key="${CSS.escape(letter)}"]`);
  wanted?.click();
  return Boolean(wanted);
}

// Forward from the top of the page, too; backward only from a line.
function differing(by) {
  const found = rows();
  const here = found.findIndex((row) => lineOf(row).contains(document.activeElement));
  const ahead = by > 0 ? found.slice(here + 1) : found.slice(0, Math.max(here, 0)).reverse();
  const next = ahead.find((row) => row.matches("[data-key-differs]"));
  next?.focus();
  return Boolean(next);
}

// Outside of the lines, and behind the first and the last, the arrows scroll as ever.
function arrow(by) {
  const found = rows();
  const here = found.findIndex((row) => lineOf(row).contains(document.activeElement));
  const next = here < 0 ? null : found[here + by];
  next?.focus();
  return Boolean(next);
}

const everywhere = { j: () => move(1), k: () => move(-1), "/": search, "?": tell };
const byDifferences = {
  j: () => differing(1), n: () => differing(1), k: () => differing(-1), ArrowDown: () => arrow(1), ArrowUp: () => arrow(-1),
};
const keys = document.querySelector("[data-key-differences]") ? { ...everywhere, ...byDifferences } : everywhere;

document.addEventListener("keydown", (event) => {
  const act = keys[event.key] ?? (/^[a-z]$/.test(event.key) ? () => offered(event.key) : null);
  if (!act || !help || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key.startsWith("Arrow")) || event.isComposing) return;
  if (document.documentElement.dataset.keys === "off" || event.target.closest?.(busy) || document.querySelector("dialog:modal")) return;
  if (act()) event.preventDefault();
});

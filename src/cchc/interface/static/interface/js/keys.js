// Keys of one letter on the desk and the search: j k move, Enter opens, / searches, ? tells. A preference switches them
// off, and they are dead while somebody types.
const typing = "input, textarea, select, [contenteditable]";

function move(by) {
  const rows = [...document.querySelectorAll("[data-key-row]")];
  const next = Math.min(Math.max(rows.indexOf(document.activeElement) + by, 0), rows.length - 1);
  rows[next]?.focus();
}

function search() {
  const box = document.querySelector("[data-key-search]");
  box?.focus();
  box?.select();
}

function tell() {
  const help = document.querySelector("[data-keys-help]");
  if (!help) return;
  help.open = !help.open;
  help.querySelector("summary").focus();
}

const keys = { j: () => move(1), k: () => move(-1), "/": search, "?": tell };

document.addEventListener("keydown", (event) => {
  const act = keys[event.key];
  const isOurs = act && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
  if (!isOurs || document.documentElement.dataset.keys === "off" || event.target.closest?.(typing)) return;
  event.preventDefault();
  act();
});

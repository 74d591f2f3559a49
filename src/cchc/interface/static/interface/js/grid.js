// Tables in which the arrow keys move ([data-grid]): Tab stops once, at the cell that was left last.
const stopOf = (cell) => cell.querySelector("a[href]") ?? cell;
const stops = (table) => [...table.rows].map((row) => [...row.cells].map(stopOf));

function prepare(table) {
  table.setAttribute("role", "grid");
  const cells = stops(table);
  cells.flat().forEach((stop) => { stop.tabIndex = -1; });
  (cells[1] ?? cells[0])[0].tabIndex = 0;
}

// Where each key leads from a row and a column; null for keys that are none of ours.
function goal(event, row, column, rows, columns) {
  const moves = {
    ArrowRight: [row, column + 1], ArrowLeft: [row, column - 1], ArrowDown: [row + 1, column], ArrowUp: [row - 1, column],
    Home: [event.ctrlKey ? 0 : row, 0], End: [event.ctrlKey ? rows - 1 : row, columns - 1],
  };
  return moves[event.key] ?? null;
}

function move(event) {
  const table = event.target.closest?.("[data-grid]");
  if (!table || event.altKey || event.metaKey || event.shiftKey) return;
  const cells = stops(table);
  const row = cells.findIndex((line) => line.includes(event.target));
  if (row < 0) return;
  const to = goal(event, row, cells[row].indexOf(event.target), cells.length, cells[row].length);
  if (!to) return;
  event.preventDefault();
  cells[to[0]]?.[to[1]]?.focus();
}

// Also a click or a search in the page moves the stop. Focus alone would leave a cell under the head that stays in view.
function keep(event) {
  const table = event.target.closest?.("[data-grid]");
  if (!table || !stops(table).flat().includes(event.target)) return;
  stops(table).flat().forEach((stop) => { stop.tabIndex = stop === event.target ? 0 : -1; });
  event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
}

const prepareAll = (within) => within.querySelectorAll("[data-grid]").forEach(prepare);
document.addEventListener("keydown", move);
document.addEventListener("focusin", keep);
document.addEventListener("htmx:load", (event) => prepareAll(event.detail.elt));
prepareAll(document);

// Names that are picked ([data-picker]): a combobox over what the server finds while somebody types. Without this file
// the button beside the field looks the name up, and the page offers what may be meant.
const partsOf = (input) => {
  const box = input.closest("[data-picker]");
  return { box, input, list: box.querySelector("[data-pick-list]"), status: box.querySelector("[data-pick-status]") };
};
const optionsOf = (list) => [...list.querySelectorAll("[role=option]")];

function prepare(input) {
  const { box, list } = partsOf(input);
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  Object.entries(roles).forEach(([name, value]) => input.setAttribute(name, value));
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent ?? input.getAttribute("aria-label") ?? "");
  box.querySelectorAll("[data-look-up]").forEach((button) => { button.hidden = true; });
}

function close(input) {
  const { list } = partsOf(input);
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function open(input) {
  const { list } = partsOf(input);
  const options = optionsOf(list);
  options.forEach((option, place) => { option.id = `${list.id}-${place}`; });
  if (!options.length || document.activeElement !== input) { close(input); return; }
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  input.removeAttribute("aria-activedescendant");
}

function point(input, option) {
  const { list } = partsOf(input);
  optionsOf(list).forEach((other) => other.setAttribute("aria-selected", String(other === option)));
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

const pointed = (input) => document.getElementById(input.getAttribute("aria-activedescendant") ?? "");

function choose(input, option) {
  const { box, list } = partsOf(input);
  if (box.dataset.many) {
    add(box, option.dataset.value, [...option.childNodes].map((node) => node.cloneNode(true)));
    input.value = input.value.split(";").slice(0, -1).join(";");
  } else {
    input.value = option.dataset.line;
    box.querySelector("[data-offered]")?.remove();
  }
  list.replaceChildren();
  close(input);
  if (input.form?.matches(".filters")) input.form.requestSubmit();
}

// One more line of a list of several; what is there already is only ticked.
function add(box, value, words) {
  const known = [...box.querySelectorAll("[type=checkbox]")].find((tick) => tick.value === value);
  if (known) { known.checked = true; return; }
  const line = box.querySelector("[data-picked-line]").content.cloneNode(true);
  line.querySelector("input").value = value;
  line.querySelector("span").append(...words);
  box.querySelector("[data-picked]").append(line);
}

function step(input, by) {
  const options = optionsOf(partsOf(input).list);
  const now = options.indexOf(pointed(input));
  const next = now < 0 ? (by > 0 ? 0 : options.length - 1) : (now + by + options.length) % options.length;
  point(input, options[next]);
}

const moves = { ArrowDown: 1, ArrowUp: -1 };

function press(event) {
  const input = event.target;
  if (!input.matches?.("[data-pick]") || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const isOpen = input.getAttribute("aria-expanded") === "true";
  if (moves[event.key]) {
    event.preventDefault();
    if (isOpen) step(input, moves[event.key]);
    else input.dispatchEvent(new Event("pick-look"));
  } else if (event.key === "Escape" && isOpen) {
    event.preventDefault();
    close(input);
  } else if (event.key === "Enter" && isOpen && pointed(input)) {
    event.preventDefault();
    choose(input, pointed(input));
  }
}

document.addEventListener("keydown", press);
// A draft that is put back names what was picked in it.
document.addEventListener("pick-add", (event) => add(event.target, event.detail.value, [event.detail.words]));
document.addEventListener("mousedown", (event) => { if (event.target.closest?.("[data-pick-list]")) event.preventDefault(); });
document.addEventListener("click", (event) => {
  const option = event.target.closest?.("[data-pick-list] [role=option]");
  if (option) choose(option.closest("[data-picker]").querySelector("[data-pick]"), option);
});
document.addEventListener("focusout", (event) => { if (event.target.matches?.("[data-pick]")) close(event.target); });
// Of several names copied with their line ends a field of one line would make one word.
document.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text") ?? "";
  if (!event.target.matches?.("[data-many] [data-pick]") || !/[\n\r]/.test(text.trim())) return;
  event.preventDefault();
  event.target.setRangeText(text.trim().replace(/\s*[\n\r]+\s*/g, "; "), event.target.selectionStart, event.target.selectionEnd, "end");
});
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.matches("[data-pick]")) event.detail.parameters = { q: event.detail.elt.closest("[data-many]") ? event.detail.elt.value.split(";").pop() : event.detail.elt.value };
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (!event.detail.target.matches("[data-pick-list]")) return;
  const input = event.detail.target.closest("[data-picker]").querySelector("[data-pick]");
  partsOf(input).status.textContent = event.detail.target.querySelector("[data-pick-says]")?.content.textContent ?? "";
  open(input);
});

const prepareAll = (within) => within.querySelectorAll("[data-pick]").forEach(prepare);
document.addEventListener("htmx:load", (event) => prepareAll(event.detail.elt));
prepareAll(document);

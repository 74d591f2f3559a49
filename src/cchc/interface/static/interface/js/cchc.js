// What JavaScript adds to pages that work without it. No page depends on this file.
const root = document.documentElement;
const all = (selector, within = document) => within.querySelectorAll(selector);

// Things that only work with JavaScript are hidden until it runs; also in what htmx brings later.
function reveal(within) {
  all("[data-closes-notice], [data-stepper] button, [data-prints], [data-needs-script]", within).forEach((part) => { part.hidden = false; });
  if (navigator.clipboard) all("[data-copies]", within).forEach((button) => { button.hidden = false; }); // absent on plain http
  all("table.as-cards", within).forEach(keepTableRoles);
  // Whoever has already gone somewhere on the page is not called back.
  if (document.activeElement === document.body) all("[data-focus]", within).forEach((summary) => summary.focus());
  const jobs = within.matches?.("[data-says]") ? [within] : all("[data-says]", within);
  jobs.forEach(sayProgress);
}

// A running job is said aloud when its words change: a new tenth, the end. The words stand outside of what is replaced.
function sayProgress(job) {
  const said = document.getElementById(job.dataset.saidIn);
  if (said.textContent !== job.dataset.says) said.textContent = job.dataset.says;
}

// A table shown as cards loses its meaning for screen readers unless its roles are spelled out.
function keepTableRoles(table) {
  const roles = { thead: "rowgroup", tbody: "rowgroup", tfoot: "rowgroup", tr: "row", td: "cell", "thead th": "columnheader", "tbody th": "rowheader", "tfoot th": "rowheader" };
  table.setAttribute("role", "table");
  Object.entries(roles).forEach(([selector, role]) => all(selector, table).forEach((part) => part.setAttribute("role", role)));
}

// A server that does not answer is told at the top of the page until one does; the page keeps what was typed.
function tellNoAnswer() {
  const words = document.getElementById("no-answer").content.cloneNode(true).firstElementChild;
  words.dataset.noAnswer = "";
  forgetNoAnswer();
  document.getElementById("notices").append(words);
}

function forgetNoAnswer() { all("[data-no-answer]").forEach((notice) => notice.remove()); }

// Text size and contrast without a reload. The server still sets the cookie.
async function keepPreference(form, button) {
  const body = new FormData(form);
  body.set(button.name, button.value);
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(tellNoAnswer);
  if (!answer) return;
  forgetNoAnswer();
  if (answer.type !== "opaqueredirect") { form.submit(); return; }
  root.dataset[button.name] = button.value;
  if (button.name === "contrast") {
    const isHigh = button.value === "high";
    button.setAttribute("aria-pressed", String(isHigh));
    button.value = isHigh ? "normal" : "high";
    return;
  }
  all(`button[name=${button.name}]`, form).forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
}

// ± on points: in steps of the rule, from 0 to the most, decimals as the page writes them.
function stepPoints(button) {
  const box = button.closest("[data-stepper]");
  const input = box.querySelector("input");
  const mark = root.lang === "en" ? "." : ",";
  const decimals = (box.dataset.stepper.split(".")[1] ?? "").length;
  const now = Number(input.value.trim().replace(",", ".")) || 0;
  const next = Math.min(Math.max(now + Number(button.dataset.by) * Number(box.dataset.stepper), 0), Number(box.dataset.most));
  input.value = next.toFixed(decimals).replace(".", mark);
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function openDialog(event, link) {
  const dialog = document.getElementById(link.dataset.opens);
  if (!dialog?.showModal) return;
  event.preventDefault();
  dialog.showModal();
}

function closeDialog(event, link) {
  const dialog = link.closest("dialog");
  if (!dialog.matches(":modal")) return;
  event.preventDefault();
  dialog.close();
}

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copies);
  const word = button.querySelector("span");
  word.textContent = button.dataset.done ?? `${word.textContent} ✓`;
  delete button.dataset.copies;
}

const clicks = {
  "[data-closes-notice]": (event, button) => button.closest("[data-notice]").remove(),
  "[data-opens]": openDialog,
  "[data-closes-dialog]": closeDialog,
  "[data-copies]": (event, button) => copy(button),
  "[data-prints]": () => print(),
  "[data-by]": (event, button) => stepPoints(button),
};

document.addEventListener("click", (event) => {
  for (const [selector, act] of Object.entries(clicks)) {
    const found = event.target.closest?.(selector);
    if (found) { act(event, found); return; }
  }
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-preferences]") || !event.submitter) return;
  event.preventDefault();
  keepPreference(event.target, event.submitter);
});

// A file that is too large is told before it is sent for minutes in vain.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.dataset.most) return;
  const isTooLarge = [...input.files].some((file) => file.size > Number(input.dataset.most));
  input.setCustomValidity(isTooLarge ? input.dataset.tooLarge : "");
  input.reportValidity();
});

// A refusal answered to htmx is a notice, not a silent failure.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status >= 400 && event.detail.xhr.getResponseHeader("HX-Retarget")) event.detail.shouldSwap = true;
});
["htmx:sendError", "htmx:timeout"].forEach((failure) => document.addEventListener(failure, tellNoAnswer));
document.addEventListener("htmx:afterOnLoad", forgetNoAnswer);
// Every choice in a filter is a step back in history; every typed letter is not.
document.addEventListener("htmx:beforeHistoryUpdate", (event) => {
  if (event.detail.requestConfig.triggeringEvent?.type === "input") event.detail.history.type = "replace";
});
document.addEventListener("htmx:load", (event) => reveal(event.detail.elt));
addEventListener("beforeprint", () => all("[data-address]").forEach((place) => { place.textContent = location.href; }));

// Folded filters stand open on wide screens: by the style sheet, or by this in browsers that do not know that part of a page.
if (!CSS.supports("selector(::details-content)")) {
  const wide = matchMedia("(min-width: 40.01rem)");
  const open = () => all("[data-opens-on-wide]").forEach((fold) => { fold.open = wide.matches; });
  wide.addEventListener("change", open);
  open();
}

// A list in a box of its own begins at the line that is open.
all("[data-shows-current] [aria-current]").forEach((line) => {
  const box = line.closest("[data-shows-current]");
  const [at, from] = [line.getBoundingClientRect(), box.getBoundingClientRect()];
  box.scrollTop += at.top - from.top - box.clientHeight / 3;
  box.scrollLeft += at.left - from.left - box.clientWidth / 3;
});

reveal(document);

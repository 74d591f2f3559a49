// What is typed into long forms ([data-draft]) stays on this device until it is saved: under the key of who is signed in
// and the address that the form is sent to, every changed field beside what stood there. Never passwords, codes or files;
// nothing is put back unasked. Which draft is saved the server says by a cookie. Signing out deletes all drafts of the
// person, a week ends each. The words stand in templates of the page (`asking.DRAFTS`), the rest in `interface/drafts.py`.
const PREFIX = "cchc-draft:";
const ID_FIELD = "ban-nhap";
const SAVED = "cchc_saved";
const PAUSE = 400; // ms without a key before it is kept
const DAY = 24 * 60 * 60 * 1000;
const { drafts: person, draftDays } = document.body.dataset;
const mine = `${PREFIX}${person}:`;
let isSignedOut = false;

// A browser may refuse to keep anything: then it is said, and all else works.
const store = {
  keys(start) { try { return Object.keys(localStorage).filter((key) => key.startsWith(start)); } catch { return []; } },
  get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  put(key, draft) { try { localStorage.setItem(key, JSON.stringify(draft)); return true; } catch { return false; } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* it was never kept */ } },
};

function forgetOld() {
  store.keys(PREFIX).filter((key) => !(Date.now() - store.get(key)?.at < draftDays * DAY)).forEach(store.drop);
}

function forgetSaved() {
  const found = document.cookie.split("; ").find((one) => one.startsWith(`${SAVED}=`));
  if (!found) return;
  const saved = found.slice(SAVED.length + 1).split(".");
  store.keys(mine).filter((key) => saved.includes(store.get(key)?.id)).forEach(store.drop);
  document.cookie = `${SAVED}=; path=/; max-age=0; samesite=lax`;
}

function forgetAll() {
  isSignedOut = true;
  store.keys(mine).forEach(store.drop);
}

const newId = () => [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36).padStart(7, "0")).join("");
const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// The same form in either language.
function addressOf(form) {
  return new URL(form.getAttribute("action") || "", location.href).pathname.replace(/^\/en(?=\/)/, "");
}

// 14:05; of another day 14:05, 28/11/2026.
function momentOf(at) {
  const inVietnam = (wanted) => new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh", ...wanted });
  const days = inVietnam({ day: "2-digit", month: "2-digit", year: "numeric" });
  const time = inVietnam({ hour: "2-digit", minute: "2-digit" }).format(at);
  return days.format(at) === days.format(Date.now()) ? time : `${time}, ${days.format(at)}`;
}

// Fields by name, each with its values: as they are, or as they stood when the page came.
const kept = "textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit], [type=button], [type=reset], [type=image])";
const isKept = (part) => part.name && part.matches(kept) && !/password|one-time-code/.test(part.getAttribute("autocomplete") ?? "");
const isTick = (part) => part.type === "checkbox" || part.type === "radio";
const pickedIn = (form, name) => form.querySelector(`[data-many="${CSS.escape(name)}"]`);

function valuesOf(part, asStood) {
  if (isTick(part)) return (asStood ? part.defaultChecked : part.checked) ? [part.value] : [];
  if (!part.options) return [asStood ? part.defaultValue : part.value];
  const chosen = [...part.options].filter((option) => (asStood ? option.defaultSelected : option.selected));
  return (chosen.length || part.multiple ? chosen : [...part.options].slice(0, 1)).map((option) => option.value);
}

function read(form, asStood = false) {
  const found = {};
  form.querySelectorAll("[data-many]").forEach((box) => { found[box.dataset.many] = []; });
  for (const part of form.elements) if (isKept(part)) (found[part.name] ??= []).push(...valuesOf(part, asStood));
  return found;
}

// What was picked by name is known by its words only here.
function wordsIn(form) {
  const ticks = [...form.querySelectorAll("[data-picked] [type=checkbox]")];
  return Object.fromEntries(ticks.map((tick) => [tick.value, tick.closest("label").textContent.trim().replace(/\s+/g, " ")]));
}

function fill(form, name, values, words) {
  const parts = [...form.elements].filter((part) => part.name === name && isKept(part));
  parts.filter(isTick).forEach((part) => { part.checked = values.includes(part.value); });
  parts.filter((part) => part.options).forEach((part) => [...part.options].forEach((option) => { option.selected = values.includes(option.value); }));
  parts.filter((part) => !isTick(part) && !part.options).forEach((part, place) => { part.value = values[place] ?? ""; });
  const missing = pickedIn(form, name) ? values.filter((value) => !parts.some((part) => part.value === value)) : [];
  const add = (value) => new CustomEvent("pick-add", { bubbles: true, detail: { value, words: words[value] ?? value } });
  missing.forEach((value) => pickedIn(form, name).dispatchEvent(add(value)));
}

class Kept {
  constructor(form) {
    this.form = form;
    this.key = mine + addressOf(form);
    this.base = read(form, true);
    this.status = Object.assign(document.createElement("p"), { className: "hear-only" });
    this.status.setAttribute("role", "status");
    form.append(this.status);
    this.meet(store.get(this.key));
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    form.addEventListener("submit", () => this.send());
    form.addEventListener("draft-sends", () => { this.sent = read(form); });
    form.addEventListener("draft-saved", () => this.saved());
    form.addEventListener("draft-forget", () => this.forget());
    form.addEventListener("click", (event) => {
      const does = event.target.closest("[data-draft-does]")?.dataset.draftDoes;
      if (does) this[does]();
    });
  }

  // What was sent and refused stands here already; any other draft that differs from what stands here is offered.
  meet(draft) {
    this.draft = draft;
    if (!draft) return;
    const known = Object.entries(draft.fields).filter(([name]) => name in this.base);
    if (this.form.hasAttribute("data-typed")) {
      known.forEach(([name, { was }]) => { this.base[name] = was; });
      this.keep();
      return;
    }
    const now = read(this.form);
    if (known.some(([name, { is }]) => !isSame(now[name], is))) this.offer(draft);
    else this.line("kept", draft.at);
  }

  offer(draft) {
    this.offered = draft;
    const wasChanged = Object.entries(draft.fields).some(([name, { was }]) => name in this.base && !isSame(this.base[name], was));
    this.bar(wasChanged ? "changed" : "offered", draft.at);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  // An offer that waits for its answer is not lost by typing elsewhere in the form.
  keep() {
    clearTimeout(this.timer);
    this.timer = null;
    if (isSignedOut) return;
    const now = read(this.form);
    const changed = Object.keys(now).filter((name) => !isSame(now[name], this.base[name] ?? []));
    const fields = { ...this.offered?.fields, ...Object.fromEntries(changed.map((name) => [name, { was: this.base[name] ?? [], is: now[name] }])) };
    if (!Object.keys(fields).length) { this.forget(); return; }
    this.draft = { id: this.draft?.id ?? newId(), at: Date.now(), fields, words: { ...this.draft?.words, ...wordsIn(this.form) } };
    this.line(store.put(this.key, this.draft) ? "kept" : "failed", this.draft.at);
  }

  forget() {
    store.drop(this.key);
    this.draft = null;
    this.form.querySelector(".draft.is-kept")?.remove();
  }

  // What `autosave.js` sent stands on the server; what was typed since is kept on.
  saved() {
    this.base = this.sent;
    this.keep();
  }

  send() {
    this.keep();
    this.form.querySelector(`[name=${ID_FIELD}]`)?.remove();
    if (this.draft) this.form.append(Object.assign(document.createElement("input"), { type: "hidden", name: ID_FIELD, value: this.draft.id }));
  }

  restore() {
    const now = read(this.form), { fields, words, at } = this.offered;
    const names = Object.keys(fields).filter((name) => name in now);
    this.back = { draft: this.offered, fields: Object.fromEntries(names.map((name) => [name, now[name]])) };
    this.offered = null;
    names.forEach((name) => fill(this.form, name, fields[name].is, words));
    this.keep();
    this.form.dispatchEvent(new Event("change"));
    this.bar("restored", at);
    [...this.form.elements].find((part) => names.includes(part.name) && isKept(part))?.focus();
  }

  drop() {
    this.back = { draft: this.offered, fields: {} };
    this.offered = null;
    this.draft = null;
    this.keep();
    this.bar("dropped", this.back.draft.at, true);
  }

  undo() {
    Object.entries(this.back.fields).forEach(([name, values]) => fill(this.form, name, values, {}));
    this.draft = this.back.draft;
    store.put(this.key, this.draft);
    this.offer(this.draft);
    this.form.querySelector("[data-draft-does]").focus();
  }

  // The key is gone: another tab saved or discarded it, or the person has signed out.
  gone() {
    this.offered = this.draft = null;
    this.form.querySelectorAll("[data-draft-bar]").forEach((bar) => bar.remove());
  }

  bar(state, at, takesFocus = false) {
    this.form.querySelector(".draft:not(.is-kept, .is-failed)")?.remove();
    const bar = this.told(state, at);
    (this.form.querySelector(".card") ?? this.form).prepend(bar);
    if (takesFocus) bar.querySelector("button").focus();
  }

  // Beside the button; said aloud when it appears, not at every pause. Where the form is sent by itself, that is said there.
  line(state, at) {
    if (state === "kept" && this.form.hasAttribute("data-autosave")) return;
    const old = this.form.querySelector(`.draft.is-${state}`);
    if (old) { old.replaceWith(this.told(state, at, false)); return; }
    this.form.querySelector(".draft.is-kept, .draft.is-failed")?.remove();
    const actions = [...this.form.querySelectorAll(".actions")].at(-1);
    (actions ?? this.form.lastElementChild).after(this.told(state, at, !this.offered));
  }

  told(state, at, isSaid = true) {
    const bar = document.querySelector(`template[data-draft-words=${state}]`).content.cloneNode(true).firstElementChild;
    bar.querySelectorAll("[data-draft-at]").forEach((place) => { place.textContent = momentOf(at); });
    // A live region says what changes in it, not what it begins with.
    if (isSaid) setTimeout(() => { this.status.textContent = bar.querySelector("[data-draft-says]").textContent; }, PAUSE);
    return bar;
  }
}

const forms = new Map();

function start() {
  forgetOld();
  if (!person) return;
  forgetSaved();
  document.querySelectorAll("form[data-draft]").forEach((form) => {
    if (!forms.has(form)) forms.set(form, new Kept(form));
    else if (!store.get(forms.get(form).key)) forms.get(form).gone();
  });
}

document.addEventListener("submit", (event) => { if (event.target.matches("[data-signs-out]")) forgetAll(); });
addEventListener("pageshow", start);
addEventListener("pagehide", () => forms.forEach((one) => { if (one.timer) one.keep(); }));
addEventListener("storage", (event) => forms.forEach((one) => { if (event.key === one.key && event.newValue === null) one.gone(); }));

// SPDX-License-Identifier: Apache-2.0
// The page of a draft: each text is saved as it was typed, checked at once, and kept in this browser until the server
// has taken it. Without this script the page's buttons save the whole form.
"use strict";

(() => {
  const form = document.getElementById("draft");
  if (!form) return;
  const mark = document.getElementById("saved");
  const person = document.body.dataset.person || "";
  const prefix = `typed:${person}:${form.dataset.draft}:`;
  const tab = sessionStorage.getItem("tab") || Math.random().toString(36).slice(2);
  const told = {};
  let said = {};
  let busy = false, again = false, timer = 0, retry = 0, held = null;
  try { sessionStorage.setItem("tab", tab); } catch { /* private windows keep nothing */ }

  // What was typed and is not saved yet: by part and path, with all texts that may stand on the server by now.
  const queue = new Map();
  const place = (part, path) => `${part}|${path}`;
  const keep = () => {
    form.toggleAttribute("data-unsaved", queue.size > 0);
    try {
      if (queue.size) localStorage.setItem(prefix + tab, JSON.stringify([...queue.values()]));
      else localStorage.removeItem(prefix + tab);
    } catch { /* a full store keeps nothing; the text still stands on the page */ }
  };
  const say = (words, bad) => { mark.textContent = words; mark.classList.toggle("g-overdue", Boolean(bad)); };

  const fields = () => Array.from(form.elements).filter((field) => /^[hi]:/.test(field.name));
  const part = (field) => field.name.startsWith("i:") ? form.dataset.item : "";
  const path = (field) => field.name.slice(2);
  const radios = (field) => Array.from(form.elements).filter((one) => one.name === field.name);
  const text = (field) => field.type === "radio" ? (radios(field).find((one) => one.checked) || { value: "" }).value : field.value;
  const base = (field) => {
    if (field.type === "radio") return (radios(field).find((one) => one.defaultChecked) || { value: "" }).value;
    if (field.tagName === "SELECT") return (Array.from(field.options).find((one) => one.defaultSelected) || { value: "" }).value;
    return field.defaultValue;
  };
  const set = (field, value, asBase) => {
    if (field.type === "radio") {
      radios(field).forEach((one) => {
        if (asBase) one.defaultChecked = one.value === value;
        else one.checked = one.value === value;
      });
    } else if (field.tagName === "SELECT") {
      if (!Array.from(field.options).some((one) => one.value === value)) field.add(new Option(value, value));
      if (asBase) { const typed = field.value; Array.from(field.options).forEach((one) => { one.defaultSelected = one.value === value; }); field.value = typed; }
      else field.value = value;
    } else if (asBase) {
      const typed = field.value;
      field.defaultValue = value;
      if (field.value !== typed) field.value = typed;
    } else field.value = value;
  };
  const found = (wanted, where) => fields().filter((field) => part(field) === wanted && path(field) === where);

  const enqueue = (field) => {
    const key = place(part(field), path(field)), was = base(field), now = text(field);
    const entry = queue.get(key) || { part: part(field), path: path(field), bases: [] };
    if (now === was && !entry.bases.length) { queue.delete(key); keep(); return; }
    if (!entry.bases.includes(was)) entry.bases.push(was);
    entry.text = now;
    queue.set(key, entry);
    keep();
  };
  const soon = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };

  const token = () => form.elements.csrfmiddlewaretoken;
  const tokenRenew = async () => {
    const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
    const fresh = page.querySelector("#draft input[name=csrfmiddlewaretoken]");
    if (!fresh) { say(form.dataset.textSignedOut, true); return false; }
    token().value = fresh.value;
    return true;
  };
  const headers = () => ({ "X-CSRFToken": token().value, "HX-Request": "true", "X-Draft": "1" });

  const put = (entries, keepalive) => fetch(form.dataset.save, {
    method: "POST", keepalive, redirect: "manual",
    headers: { ...headers(), "Content-Type": "application/json" },
    body: JSON.stringify({ open: form.dataset.item || null, changes: entries.map((one) => (
      { part: one.part, path: one.path, text: one.text, bases: one.bases })) }),
  });

  async function save(keepalive) {
    clearTimeout(timer);
    if (busy) { again = true; return; }
    const entries = [...queue.values()].filter((one) => one.text !== one.refused).map((one) => ({ ...one, bases: [...one.bases] }));
    if (!entries.length) return;
    busy = true;
    entries.forEach((one) => {
      const entry = queue.get(place(one.part, one.path));
      if (!entry.bases.includes(one.text)) entry.bases.push(one.text);
    });
    keep();
    say(form.dataset.textSaving);
    try {
      let answer = await put(entries, keepalive === true);
      if (answer.status === 403 && await tokenRenew()) answer = await put(entries, false);
      if (answer.status === 200 || answer.status === 409) took(entries, await answer.json());
      else await refused(answer, entries);
    } catch {
      say(form.dataset.textOffline, true);
      clearTimeout(retry);
      retry = setTimeout(save, 5000);
    }
    busy = false;
    if (again) { again = false; save(); }
  }

  const took = (entries, answer) => {
    const clashes = new Map((answer.clashes || []).map((one) => [place(one.part, one.path), one]));
    entries.forEach((one) => {
      const key = place(one.part, one.path), entry = queue.get(key), clash = clashes.get(key);
      const stands = clash ? clash.stands : one.text;
      found(one.part, one.path).forEach((field) => {
        const typing = text(field) !== one.text;
        set(field, stands, true);
        if (!typing) set(field, stands);
      });
      if (entry && entry.text !== one.text && !clash) entry.bases = [one.text];
      else queue.delete(key);
    });
    keep();
    apply(answer);
    const notes = document.getElementById("notes");
    if (clashes.size) notes.innerHTML = [...clashes.values()].map((one) => one.html).join("");
    say(clashes.size ? form.dataset.textClash : answer.saved_at, clashes.size > 0);
  };

  const refused = async (answer, entries) => {
    if (answer.type === "opaqueredirect" || answer.headers.get("HX-Redirect") || answer.status === 403) say(form.dataset.textSignedOut, true);
    else if (answer.status === 413) {
      entries.forEach((one) => { const entry = queue.get(place(one.part, one.path)); if (entry) entry.refused = one.text; });
      keep();
      say((await answer.json().catch(() => ({}))).words || form.dataset.textFailed, true);
    } else {
      say(form.dataset.textFailed, true);
      clearTimeout(retry);
      retry = setTimeout(save, 15000);
    }
  };

  // What is said of the draft now: beside each field, in the list, at the charges.
  const panel = (name, html) => {
    const box = document.getElementById(name);
    const folded = new Map(Array.from(box.querySelectorAll("details[data-panel]")).map((one) => [one.dataset.panel, one.open]));
    if (told[name] === html) return;
    told[name] = html;
    box.innerHTML = html;
    box.querySelectorAll("details[data-panel]").forEach((one) => { if (folded.has(one.dataset.panel)) one.open = folded.get(one.dataset.panel); });
  };
  const apply = (answer) => {
    said = answer.notes;
    Object.entries(answer.html).forEach(([name, html]) => {
      const box = document.getElementById(name), active = document.activeElement;
      if (active && active.matches("input, textarea") && box.contains(active)) { held = { ...(held || {}), [name]: html }; return; }
      panel(name, html);
    });
    document.querySelectorAll("[data-notes]").forEach((box) => {
      const html = answer.notes[box.dataset.notes] || "";
      if (told[box.dataset.notes] !== html) { told[box.dataset.notes] = html; box.innerHTML = html; }
    });
    marksSet();
    document.querySelectorAll("tr[data-line]").forEach((line) => counts(line, answer.counts[line.dataset.line]));
  };
  const marksSet = () => form.querySelectorAll(".g-f").forEach((box) => {
    const wrong = Boolean(box.querySelector(".g-at-error:not(.g-at-missing)"));
    box.classList.toggle("g-f-wrong", wrong);
    box.querySelectorAll(".form-control, .form-select").forEach((field) => {
      if (wrong) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    });
  });
  const shapes = document.getElementById("shapes");
  const counts = (line, pair) => {
    const cell = line.querySelector("[data-counts]"), [errors, warnings] = pair || [0, 0];
    const one = (name, number) => {
      const made = shapes.content.querySelector(`[data-of=${name}]`).firstElementChild.cloneNode(true);
      if (number) made.querySelector("span").textContent = number;
      return made;
    };
    cell.replaceChildren(...(errors ? [one("error", errors)] : []), " ", ...(warnings ? [one("warning", warnings)] : []),
      ...(errors || warnings ? [] : [one("good")]));
  };
  document.addEventListener("focusout", () => setTimeout(() => {
    if (!held) return;
    const waiting = held;
    held = null;
    Object.entries(waiting).forEach(([name, html]) => {
      if (document.getElementById(name).contains(document.activeElement)) held = { ...(held || {}), [name]: html };
      else panel(name, html);
    });
  }));

  // The name of a code beside its field, at once.
  const hint = (field) => {
    const box = document.querySelector(`[data-hint="${CSS.escape(field.id)}"]`), list = field.list;
    if (!box || !list) return;
    const code = field.value.trim().toUpperCase();
    const option = Array.from(list.options).find((one) => one.value === code);
    box.textContent = option ? option.textContent : "";
  };

  form.addEventListener("input", (event) => typed(event.target));
  document.addEventListener("input", (event) => { if (event.target.form === form && !form.contains(event.target)) typed(event.target); });
  const typed = (field) => {
    if (!/^[hi]:/.test(field.name)) return;
    hint(field);
    enqueue(field);
    soon(900);
  };
  document.addEventListener("change", (event) => { if (event.target.form === form && /^[hi]:/.test(event.target.name)) { enqueue(event.target); soon(30); } });
  // Enter in a field saves it; the hidden button before all others does the same without this script.
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || field.form !== form || !field.matches("input:not([type=submit])")) return;
    event.preventDefault();
    if (/^[hi]:/.test(field.name)) { enqueue(field); save(); }
    else if (field.dataset.findText !== undefined) field.parentElement.querySelector("[data-find-do]").click();
    else if (field.name === "to") field.parentElement.querySelector("button").click();
  });
  // A code that was taken from the search goes into its field as if it were typed; how it was found htmx has sent.
  document.addEventListener("click", (event) => {
    const take = event.target.closest("[data-take]");
    if (!take) return;
    const field = take.closest(".g-fields").querySelector("input[name^='i:commodity.classifications'][name$='].id']");
    set(field, take.dataset.take);
    hint(field);
    enqueue(field);
    save();
    field.focus();
  });
  window.addEventListener("online", () => save());
  window.addEventListener("pagehide", () => save(true));
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(true); });

  // A button of the form sends what is not saved yet, with the texts that it replaces, and nothing else.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    const bases = {};
    const names = new Set();
    fields().forEach((field) => { if (text(field) !== base(field)) { bases[field.name] = base(field); names.add(field.name); } });
    form.elements.bases.value = JSON.stringify(bases);
    const submitter = event.submitter;
    if (submitter && (submitter.dataset.rowRemove !== undefined || submitter.dataset.post !== undefined)) {
      event.preventDefault();
      form.classList.remove("g-sending");
      send(submitter, names);
      return;
    }
    fields().forEach((field) => { if (!names.has(field.name)) field.disabled = true; });
  });
  window.addEventListener("pageshow", () => fields().forEach((field) => { field.disabled = false; }));

  const send = async (button, names) => {
    const body = new FormData();
    ["csrfmiddlewaretoken", "part", "bases"].forEach((name) => body.set(name, form.elements[name].value));
    fields().forEach((field) => { if (names.has(field.name)) body.set(field.name, text(field)); });
    try {
      const answer = await fetch(button.formAction, { method: "POST", headers: headers(), body });
      if (!answer.ok) throw new Error(answer.status);
      const row = button.closest("[data-row]");
      if (row) {
        [...queue.keys()].filter((key) => key.split("|")[1].startsWith(row.dataset.row)).forEach((key) => queue.delete(key));
        const list = row.parentElement;
        row.remove();
        const next = list.parentElement.querySelector("[data-add]");
        if (next) next.focus();
        const after = await answer.json();
        fields().forEach((field) => { if (names.has(field.name)) set(field, text(field), true); });
        apply(after);
        say(after.saved_at);
      } else location.assign(`${location.pathname}${form.dataset.item ? `?item=${form.dataset.item}` : ""}`);
    } catch { say(form.dataset.textOffline, true); }
  };

  // Rows, items and pages of the list come from the server when they are asked for.
  const part_of = async (address) => {
    const answer = await fetch(address, { headers: { "HX-Request": "true", "X-Draft": "1" } });
    if (!answer.ok || answer.status === 204) throw new Error(answer.status);
    return answer.text();
  };
  const itemOpen = async (id, at) => {
    if (id !== form.dataset.item) {
      await save();
      document.getElementById("item").innerHTML = await part_of(`${location.pathname}items/${id}/`);
      if (window.htmx) htmx.process(document.getElementById("item"));
      form.dataset.item = form.elements.part.value = id;
      history.replaceState(null, "", `?item=${id}`);
      document.querySelectorAll("tr[data-line]").forEach((line) => line.classList.toggle("g-current", line.dataset.line === id));
      restore();
      marksSet();
    }
    if (at) await go(at);
    else { const title = document.getElementById("item-title"); title.focus(); title.scrollIntoView({ block: "start" }); }
  };
  const moreLoad = async (fold) => {
    const { more, scope } = fold.dataset;
    if (!more) return;
    delete fold.dataset.more;
    try {
      const address = `${form.dataset.mores}?scope=${scope}&path=${encodeURIComponent(more)}&item=${form.dataset.item}`;
      fold.querySelector(".g-fields").innerHTML = await part_of(address);
      fold.querySelectorAll("[data-notes]").forEach((box) => { box.innerHTML = said[box.dataset.notes] || ""; });
      restore();
    } catch { fold.dataset.more = more; say(form.dataset.textOffline, true); }
  };
  document.addEventListener("toggle", (event) => { if (event.target.open && event.target.dataset.more) moreLoad(event.target); }, true);
  const above = (id) => {
    for (let way = id; way.includes(".") || way.includes("["); ) {
      way = way.replace(/\.?[^.[]*$|\[[^[]*$/, "");
      const box = document.getElementById(way);
      if (box) return box;
    }
    return null;
  };
  // Go to the place that a finding names; what lies under "more" and is not there yet is asked for on the way.
  const go = async (id) => {
    let box = document.getElementById(id);
    for (let step = 0; !box && step < 4; step += 1) {
      const scope = id.slice(0, 1), inside = above(id) || (scope === "i" ? document.getElementById("item") : form);
      const folds = Array.from(inside.querySelectorAll(`details[data-more][data-scope="${scope}"]`));
      await Promise.all(folds.map(moreLoad));
      box = document.getElementById(id);
      if (!box && !folds.length) break;
    }
    box = box || above(id) || document.getElementById("item");
    if (!box) return;
    for (let fold = box.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    box.scrollIntoView({ block: "center" });
    const field = box.matches("input, select, textarea, a") ? box : box.querySelector("input:not([type=hidden]), select, textarea, a[data-add]");
    if (field) field.focus({ preventScroll: true });
  };
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-jump], [data-open], [data-page], [data-add]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    try {
      if (link.dataset.jump !== undefined) {
        const to = new URL(link.href), item = to.searchParams.get("item"), at = decodeURIComponent(to.hash.slice(1));
        if (item) await itemOpen(item, at);
        else await go(at);
      } else if (link.dataset.open) await itemOpen(link.dataset.open);
      else if (link.dataset.page) document.getElementById("items-list").innerHTML = await part_of(link.dataset.page);
      else {
        const list = Array.from(link.parentElement.children).find((one) => one.dataset.list !== undefined);
        const address = `${form.dataset.rows}?scope=${link.dataset.scope}&list=${encodeURIComponent(link.dataset.add)}`;
        list.insertAdjacentHTML("beforeend", await part_of(address));
        if (window.htmx) htmx.process(list.lastElementChild);
        const first = list.lastElementChild.querySelector("input, select, textarea");
        if (first) first.focus();
      }
    } catch { if (link.dataset.add === undefined) location.assign(link.href); else say(form.dataset.textOffline, true); }
  });

  // What an earlier page could not send (closed, signed out, no line) comes back into its field, and is sent.
  const restore = () => queue.forEach((entry) => found(entry.part, entry.path).forEach((field) => { set(field, entry.text); hint(field); }));
  const adopt = () => {
    let kept = [];
    try { kept = Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { /* nothing was kept */ }
    kept.forEach((key) => {
      try {
        JSON.parse(localStorage.getItem(key)).forEach((one) => { delete one.refused; queue.set(place(one.part, one.path), one); });
        if (key !== prefix + tab) localStorage.removeItem(key);
      } catch { localStorage.removeItem(key); }
    });
    restore();
    fields().forEach((field) => { if (text(field) !== base(field)) enqueue(field); });
    keep();
    if (queue.size) save();
  };
  document.querySelectorAll("[data-notes]").forEach((box) => { told[box.dataset.notes] = box.innerHTML; });
  marksSet();
  adopt();
  if (matchMedia("(max-width: 70rem)").matches) document.querySelectorAll("details[data-panel=findings]").forEach((one) => { one.open = false; });
  if (location.hash.length > 1) go(decodeURIComponent(location.hash.slice(1)));
})();

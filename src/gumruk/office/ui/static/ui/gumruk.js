// SPDX-License-Identifier: Apache-2.0
// What pages gain with a script: theme without a reload, kept drafts, keys in lists, drop areas, copied codes.
// Every page works without it.
"use strict";

(() => {
  const root = document.documentElement;
  const all = (selector, inside = document) => Array.from(inside.querySelectorAll(selector));

  // htmx sends the token of the page's forms with each request that changes something.
  document.addEventListener("htmx:config:request", (event) => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    const request = event.detail && event.detail.ctx && event.detail.ctx.request;
    if (token && request && request.headers) request.headers["X-CSRFToken"] = token.value;
  });

  // Theme: the same form as without a script, but what was typed on the page stays.
  const themes = ["auto", "dark", "light"];
  all("[data-theme-switch]").forEach((form) => form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    const theme = button.value;
    document.cookie = `gumruk_theme=${theme}; path=/; max-age=31536000; samesite=lax`;
    if (theme === "auto") delete root.dataset.bsTheme;
    else root.dataset.bsTheme = theme;
    button.querySelector("[data-theme-name]").textContent = button.dataset[theme];
    button.value = themes[(themes.indexOf(theme) + 1) % themes.length];
  }));

  // Sections remember whether they were folded.
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* private windows keep nothing */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
    keys() { try { return Object.keys(localStorage); } catch { return []; } },
  };
  all("details[data-remember]").forEach((section) => {
    const key = "fold:" + section.dataset.remember;
    const kept = store.get(key);
    if (kept) section.open = kept === "open";
    section.addEventListener("toggle", () => store.set(key, section.open ? "open" : "shut"));
  });

  // Drafts: typed work lies in this browser until the server has taken it. A draft is marked as sent when its form
  // is submitted, and forgotten when the next page shows neither the form nor the sign-in.
  const person = document.body.dataset.person || "";
  const draftKey = (form) => `draft:${person}:${location.pathname}:${form.dataset.keep}`;
  const keepable = (field) => field.name && !["password", "file", "hidden", "submit", "button"].includes(field.type);
  const saved = (form, at) => {
    const mark = form.querySelector(".g-saved");
    const time = new Date(at).toLocaleTimeString(root.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    if (mark) mark.textContent = document.body.dataset.textSaved.replace("{time}", time);
  };
  const remember = (form, sent) => {
    const values = Array.from(form.elements).filter(keepable).map((field) => [
      field.name, ["checkbox", "radio"].includes(field.type) ? field.checked : field.value, field.value]);
    const at = Date.now();
    store.set(draftKey(form), JSON.stringify({ at, sent, values }));
    if (!sent) saved(form, at);
  };
  const restore = (form) => {
    const kept = store.get(draftKey(form));
    if (!kept || form.querySelector("[aria-invalid=true], .g-summary")) return;
    const draft = JSON.parse(kept);
    draft.values.forEach(([name, value, own]) => Array.from(form.elements).forEach((field) => {
      if (field.name !== name || !keepable(field)) return;
      if (field.type === "checkbox" || field.type === "radio") { if (field.value === own) field.checked = value; }
      else field.value = value;
    }));
    saved(form, draft.at);
  };
  const forms = all("form[data-keep]");
  if (!document.querySelector("[data-sign-in]")) {
    const shown = new Set(forms.map(draftKey));
    store.keys().filter((key) => key.startsWith(`draft:${person}:`) && !shown.has(key)).forEach((key) => {
      if (JSON.parse(store.get(key) || "{}").sent) store.drop(key);
    });
  }
  forms.forEach((form) => {
    restore(form);
    let wait = 0;
    form.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(() => remember(form, false), 400); });
    form.addEventListener("submit", () => { clearTimeout(wait); remember(form, true); });
  });

  // A form that is on its way says so (.g-busy inside it) and is not sent twice.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.classList.contains("g-sending")) event.preventDefault();
    else form.classList.add("g-sending");
  });
  window.addEventListener("pageshow", () => all("form.g-sending").forEach((form) => form.classList.remove("g-sending")));

  // Codes are copied without their spaces; a selection copied by hand too.
  document.addEventListener("click", (event) => {
    const code = event.target.closest("[data-copy]");
    if (!code || !navigator.clipboard || String(getSelection())) return;
    navigator.clipboard.writeText(code.dataset.copy).then(() => {
      code.classList.add("g-just-copied");
      setTimeout(() => code.classList.remove("g-just-copied"), 1600);
    });
  });
  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    const code = selection.anchorNode && selection.anchorNode.parentElement.closest("[data-copy]");
    if (!code || !code.contains(selection.focusNode)) return;
    event.clipboardData.setData("text/plain", String(selection).replace(/[\s\u00a0\u202f]/g, ""));
    event.preventDefault();
  });

  // A dropped file lands in the file field of the area.
  all("[data-drop]").forEach((area) => {
    const field = area.querySelector("input[type=file]");
    ["dragenter", "dragover"].forEach((name) => area.addEventListener(name, (event) => {
      event.preventDefault();
      area.classList.add("g-over");
    }));
    ["dragleave", "drop"].forEach((name) => area.addEventListener(name, () => area.classList.remove("g-over")));
    area.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      field.files = event.dataTransfer.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });

  // Dialogues.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialogue]");
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.dialogue).showModal();
    }
    const closer = event.target.closest("[data-dialogue-close]");
    if (closer) closer.closest("dialog").close();
  });

  // Keys: j and k walk the lines of the list, Enter opens, / goes to the search, ? shows all keys.
  const keys = document.getElementById("keys");
  all("[data-keys-open]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => keys.showModal());
  });
  const lines = () => all("tr[data-href]").filter((line) => line.offsetParent);
  const walk = (step) => {
    const list = lines();
    if (!list.length) return;
    const here = list.findIndex((line) => line.classList.contains("g-current"));
    const next = list[Math.min(Math.max(here + step, 0), list.length - 1)];
    list.forEach((line) => line.classList.toggle("g-current", line === next));
    next.scrollIntoView({ block: "nearest" });
    const link = next.querySelector("a");
    if (link) link.focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const actions = {
      j: () => walk(1),
      k: () => walk(-1),
      "/": () => { const field = document.querySelector("[data-search]"); if (field) field.focus(); },
      "?": () => { if (keys) keys.showModal(); },
    };
    if (event.key === "Enter" && event.target === document.body) {
      const line = document.querySelector("tr.g-current[data-href]");
      if (line) location.assign(line.dataset.href);
    } else if (actions[event.key]) {
      event.preventDefault();
      actions[event.key]();
    }
  });
  document.addEventListener("click", (event) => {
    const line = event.target.closest("tr[data-href]");
    if (!line || event.target.closest("a, button, input, select, label, summary, [data-copy]") || String(getSelection())) return;
    location.assign(line.dataset.href);
  });

  // A refused form: the summary gets the focus, so that it is read first.
  const summary = document.querySelector("main > form [data-focus], main > [data-focus]");
  if (summary) summary.focus();
})();

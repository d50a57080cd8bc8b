// The little that pages need beside htmx: selects that submit, keys in lists, confirmation, copying.
"use strict";
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});
document.addEventListener("submit", (event) => {
  const ask = event.submitter?.dataset.confirm || event.target.dataset.confirm;
  if (ask && !window.confirm(ask)) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) navigator.clipboard?.writeText(copy.dataset.copy);
});
// Lists with data-keys: j and k move, Enter opens, keys named by data-key press their button in the focused row.
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const list = document.querySelector("[data-keys]");
  if (!list) return;
  const rows = [...list.querySelectorAll("[data-row]")];
  const at = rows.indexOf(document.activeElement.closest("[data-row]"));
  if (event.key === "j" || event.key === "k") {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)))];
    if (next) { next.focus(); event.preventDefault(); }
    return;
  }
  if (at < 0) return;
  if (event.key === "Enter" && event.target.matches("a, button, summary")) return; // Enter on a link or button is its own
  const button = rows[at].querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) { button.click(); event.preventDefault(); }
});

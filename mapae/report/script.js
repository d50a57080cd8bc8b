"use strict";
(() => {
  const form = document.getElementById("filters");
  const language = () => document.querySelector("input[name=ui]:checked").value;
  const relabel = () => {
    document.documentElement.lang = language();
    document.querySelectorAll("option[data-en]").forEach((option) => { option.textContent = option.dataset[language()]; });
  };
  document.querySelectorAll("input[name=ui]").forEach((input) => input.addEventListener("change", relabel));
  relabel();
  if (!form) return;
  const items = [...document.querySelectorAll(".finding")];
  const value = (id) => document.getElementById(id).value;
  const apply = () => {
    const [measure, severity, text] = [value("by-measure"), value("by-severity"), value("by-text").toLowerCase()];
    let shown = 0;
    for (const item of items) {
      const fits = (!measure || item.dataset.measure === measure) && (!severity || item.dataset.severity === severity)
        && (!text || item.textContent.toLowerCase().includes(text));
      item.hidden = !fits;
      shown += fits;
    }
    document.getElementById("count").textContent = shown.toLocaleString();
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
})();

// Type-ahead: where no known name begins as what is typed, names that are like it (misspellings, codes) are offered too.
"use strict";
(() => {
  const list = document.getElementById("polities");
  const known = new Set(Array.from(list.options, (option) => option.value.toLowerCase()));
  let wait;
  const offer = async (typed) => {
    const answer = await fetch(`/suggest?q=${encodeURIComponent(typed)}`);
    if (!answer.ok) return;
    for (const { name, life } of await answer.json()) {
      const option = document.createElement("option");
      option.value = name;
      option.label = `${name}, for “${typed}”${life ? `: ${life}` : ""}`; // holds what is typed, so the browser shows it
      list.append(option);
    }
  };
  for (const input of document.querySelectorAll("input[list=polities]")) {
    input.addEventListener("input", () => {
      clearTimeout(wait);
      const typed = input.value.trim();
      const found = Array.from(known).some((name) => name.includes(typed.toLowerCase()));
      if (typed.length > 2 && !found) wait = setTimeout(() => offer(typed), 150);
    });
  }
})();

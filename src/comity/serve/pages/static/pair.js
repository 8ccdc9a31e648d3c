// The pair's page without a wait: the slider moves through the years, the answer follows, the address keeps up.
"use strict";
const form = document.getElementById("asked");
const [year, day, known] = ["year", "as_of", "known_by"].map((id) => document.getElementById(id));
const [answer, said] = ["answer", "said"].map((id) => document.getElementById(id));
let waiting = 0;
let asking = new AbortController();

const query = () => {
  const asked = new URLSearchParams();
  for (const field of [day, known]) if (field.value.trim()) asked.set(field.name, field.value.trim());
  return asked;
};

const opened = () => [...answer.querySelectorAll("details[open]")].map((fold) => fold.id);

const follow = async () => {
  asking.abort();
  asking = new AbortController();
  const asked = query();
  const address = `${form.getAttribute("action")}${asked.size ? `?${asked}` : ""}`;
  asked.set("part", "true");
  answer.setAttribute("aria-busy", "true");
  try {
    const sent = await fetch(`${form.getAttribute("action")}?${asked}`, { signal: asking.signal });
    // A date that can't be read, or a name that means another polity by then, is for the whole page to tell.
    if (!sent.ok || sent.redirected) return location.assign(address);
    const folds = opened();
    answer.innerHTML = await sent.text();
    for (const id of folds) document.getElementById(id)?.setAttribute("open", "");
    history.replaceState(null, "", address);
    said.textContent = `${answer.querySelector(".as-of").textContent} ${answer.querySelector("#headline").textContent}`;
    ready();
  } catch (error) {
    if (error.name !== "AbortError") throw error;
    return;
  }
  answer.removeAttribute("aria-busy");
};

const soon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(follow, 180);
};

// A note stands in a fold: its link opens it.
const unfold = () => {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (!target) return;
  target.closest("details")?.setAttribute("open", "");
  target.scrollIntoView();
};

const ready = () => {
  const copy = document.getElementById("copy");
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById("address").value);
    said.textContent = "The address is copied.";
    copy.textContent = "Copied";
  });
};

year.closest("label").hidden = false;
year.addEventListener("input", () => {
  day.value = year.value;
  soon();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  follow();
});
day.addEventListener("change", () => {
  const typed = /\b\d{4}\b/.exec(day.value);
  if (typed) year.value = typed[0];
});
addEventListener("hashchange", unfold);
unfold();
ready();

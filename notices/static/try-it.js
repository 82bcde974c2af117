/* The try-it page: asks as one types, shows the answer through <election-notice>, and tells why, where the server explains. */

const WAIT_MS = 250;
const TIMEOUT_MS = 5000;
const QUERY_CODE_POINTS = 256;
const OUTCOMES = {
  no_match: "No notice: nothing here looks like an election search.",
  out_of_season: "No notice: this counts only while an election is in season here.",
  not_scheduled: "No notice: no campaign for this is open here on this surface.",
  silenced: "No notice: the silence around polling holds here.",
  stopped: "No notice: it has been stopped.",
};
const UNCALLED = new Set(["not_called", "other_surface", "excluded", "elsewhere"]);
const FELL = {
  veto: "another word vetoes it",
  context: "needs an election word beside it",
  season: "counts only while an election is in season",
  blocked: "blocked in this region",
  stopped: "stopped",
  layer_off: "found in a way that the term has switched off",
  real_word: "it is a word of its own",
  doubtful: "too doubtful to stand alone; inside a longer phrase it would count",
};

const form = document.getElementById("try");
const notice = document.getElementById("notice");
const state = document.getElementById("state");
const errors = document.getElementById("errors");
const why = document.getElementById("why");
const whyBody = document.getElementById("why-body");
const regions = [...document.querySelectorAll("#regions option")].map((option) => option.value);
let running;
let timer;

function make(name, text, children = []) {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) made.textContent = text;
  made.append(...children);
  return made;
}

function spaced(code) {
  return String(code ?? "").replaceAll("_", " ");
}

/* `Texas (US-TX)`, `Texas` and `US-TX` all mean US-TX. */
function regionCode(typed) {
  const text = typed.trim();
  const named = regions.find((option) => option.toLowerCase().startsWith(`${text.toLowerCase()} (`));
  return /\(([^()]+)\)$/.exec(named ?? text)?.[1] ?? text;
}

function regionLabel(code) {
  return regions.find((option) => option.endsWith(` (${code})`)) ?? code;
}

function asked() {
  const fields = new FormData(form);
  const body = { region: regionCode(fields.get("region") ?? ""), languages: [fields.get("lang")], surface: fields.get("surface"), limit: 2 };
  const query = (fields.get("q") ?? "").trim();
  if (query) body.query = Array.from(query).slice(0, QUERY_CODE_POINTS).join("");
  const at = fields.get("at");
  if (at) body.at = at.length === 16 ? `${at}:00Z` : `${at}Z`;
  return body;
}

function table(caption, heads, rows) {
  const head = make("tr", null, heads.map((text) => Object.assign(make("th", text), { scope: "col" })));
  const body = rows.map((row) => make("tr", null, row.map((cell) => make("td", cell))));
  const made = make("table", null, [make("caption", caption), make("thead", null, [head]), make("tbody", null, body)]);
  const box = make("div", null, [made]);
  box.className = "scroll";
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", caption);
  return box;
}

/* What was typed, with the matched words marked; positions count code points. */
function highlighted(query, matches) {
  const letters = Array.from(query);
  const marked = letters.map(() => false);
  for (const match of matches) {
    if (!String(match.field).startsWith("query")) continue;
    marked.fill(true, match.start, match.end);
  }
  const line = make("p");
  line.className = "typed";
  line.dir = "auto";
  for (let at = 0; at < letters.length; ) {
    let end = at;
    while (end < letters.length && marked[end] === marked[at]) end += 1;
    const text = letters.slice(at, end).join("");
    line.append(marked[at] ? make("mark", text) : text);
    at = end;
  }
  return line;
}

function placeLine(place) {
  const season = place.in_season ? `in season for ${place.election}, phase ${spaced(place.phase)}` : "no election in season";
  const silence = place.silenced ? ", silence before polling" : "";
  return `Place ${regionLabel(place.voting_region)}: ${season}${silence}.`;
}

function explain(answer, body) {
  const trace = answer.trace;
  why.hidden = !trace;
  if (!trace) return;
  const parts = [];
  const matches = trace.matches ?? [];
  const fallen = trace.rejected ?? [];
  if (body.query) parts.push(highlighted(body.query, matches));
  parts.push(make("p", trace.would_show ?? `Shown: a term about ${(trace.topics ?? []).map(spaced).join(", ")} matched, and a campaign for it is open here.`));
  if (trace.place) parts.push(make("p", placeLine(trace.place)));
  if (matches.length) {
    const how = (match) => (match.cost ? `${spaced(match.layer)}, ${match.cost} ${match.cost === 1 ? "letter" : "letters"} off` : spaced(match.layer));
    const rows = matches.map((match) => [match.term, match.list, spaced(match.topic), how(match)]);
    parts.push(table("Terms that matched", ["Term", "List", "Topic", "How"], rows));
  }
  const columns = ["Campaign", "Notice", "Result", "Because"];
  const told = (one) => [one.id, one.notice, spaced(one.result), spaced(one.reason)];
  const [called, others] = [true, false].map((wanted) => (trace.campaigns ?? []).filter((one) => UNCALLED.has(one.result) !== wanted));
  if (called.length) parts.push(table("Campaigns", columns, called.map(told)));
  if (others.length) {
    const unasked = table("Campaigns that were not asked", columns, others.map(told));
    parts.push(make("details", null, [make("summary", `Campaigns that were not asked (${others.length + (trace.campaigns_left_out ?? 0)})`), unasked]));
  }
  if (fallen.length) {
    const rows = fallen.map((match) => [match.term, match.list, [FELL[match.reason] ?? spaced(match.reason), match.detail].filter(Boolean).join(": ")]);
    parts.push(make("details", null, [make("summary", `Terms that did not count (${fallen.length})`), table("Terms that did not count", ["Term", "List", "Because"], rows)]));
  }
  const near = (trace.words ?? []).filter((word) => word.field === "query" && body.query);
  if (near.length) {
    const typed = [...body.query];
    const rows = near.map((word) => [typed.slice(word.start, word.end).join(""), word.near, FELL[word.reason] ?? spaced(word.reason)]);
    parts.push(table("Words near a curated one that are not taken for it", ["Typed", "Near", "Because"], rows));
  }
  for (const shown of trace.wording ?? []) {
    parts.push(make("p", `Wording ${shown.notice} in ${shown.language} (${spaced(shown.fallback)})${shown.reviewed ? "" : ": starter content, a draft that nobody has reviewed"}.`));
  }
  whyBody.replaceChildren(...parts);
}

async function problemOf(response) {
  try {
    const problem = await response.json();
    const lines = problem.errors?.length ? problem.errors : [{ detail: problem.detail }];
    return lines.map((one) => `${one.detail}${one.suggestion ? ` Did you mean ${one.suggestion}?` : ""}`);
  } catch {
    return [`The service answered with status ${response.status}.`];
  }
}

function fail(lines) {
  const box = make("div", null, lines.map((line) => make("p", line)));
  box.className = "error-summary";
  box.setAttribute("role", "alert");
  errors.replaceChildren(box);
  notice.show(null);
  why.hidden = true;
  state.textContent = "";
}

function tell(answer, body) {
  errors.replaceChildren();
  notice.show(answer);
  const many = answer.notices.length;
  state.textContent = answer.outcome === "shown" ? `${many} notice${many > 1 ? "s" : ""} shown.` : OUTCOMES[answer.outcome] ?? spaced(answer.outcome);
  explain(answer, body);
}

async function ask() {
  clearTimeout(timer);
  running?.abort();
  const current = new AbortController();
  running = current;
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    current.abort();
  }, TIMEOUT_MS);
  const body = asked();
  try {
    const response = await fetch(form.dataset.endpoint, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: current.signal,
    });
    if (response.ok) tell(await response.json(), body);
    else fail(await problemOf(response));
  } catch {
    if (running !== current || (current.signal.aborted && !isLate)) return;
    const offline = navigator.onLine ? "" : "This device is offline. ";
    fail([`${offline}The service does not answer. An app would now show its results without a notice.`]);
  } finally {
    clearTimeout(late);
  }
}

function soon(event) {
  if (event.target.form !== form) return;
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT_MS);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
document.addEventListener("input", soon);
for (const chip of document.querySelectorAll(".chips a")) {
  chip.addEventListener("click", (event) => {
    event.preventDefault();
    const { q, region, lang } = form.elements;
    q.value = chip.dataset.q;
    region.value = regionLabel(chip.dataset.region);
    if ([...lang.options].some((option) => option.value === chip.dataset.lang)) lang.value = chip.dataset.lang;
    ask();
  });
}
form.elements.region.value = regionLabel(regionCode(form.elements.region.value));
/* A search that came in the address is answered, and taken out of it. */
if (new URLSearchParams(location.search).has("q")) history.replaceState(null, "", location.pathname);
if (form.elements.q.value) ask();

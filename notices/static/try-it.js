/* The try-it page: asks as one types, shows the answer through <election-notice>, and tells why, where the server explains. */

const WAIT_MS = 250;
const TIMEOUT_MS = 5000;
const OUTCOMES = {
  no_match: "No notice: nothing here looks like an election search.",
  out_of_season: "No notice: this counts only while an election is in season here.",
  not_scheduled: "No notice: no campaign for this is open here on this surface.",
  silenced: "No notice: the silence around polling holds here.",
  stopped: "No notice: it has been stopped.",
};

const form = document.getElementById("try");
const notice = document.getElementById("notice");
const state = document.getElementById("state");
const errors = document.getElementById("errors");
const why = document.getElementById("why");
const whyBody = document.getElementById("why-body");
let running;
let timer;

function make(name, text, children = []) {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) made.textContent = text;
  made.append(...children);
  return made;
}

function asked() {
  const fields = new FormData(form);
  const body = { region: fields.get("region"), languages: [fields.get("lang")], surface: fields.get("surface"), limit: 2 };
  const query = (fields.get("q") ?? "").trim();
  if (query) body.query = Array.from(query).slice(0, 256).join("");
  const at = fields.get("at");
  if (at) body.at = `${at}:00Z`;
  return body;
}

function say(text, bad = false) {
  state.textContent = text;
  state.classList.toggle("bad", bad);
}

function table(caption, heads, rows) {
  const head = make("tr", null, heads.map((text) => { const cell = make("th", text); cell.scope = "col"; return cell; }));
  const body = rows.map((row) => make("tr", null, row.map((cell) => (cell instanceof Node ? make("td", null, [cell]) : make("td", cell)))));
  const made = make("table", null, [make("caption", caption), make("thead", null, [head]), make("tbody", null, body)]);
  const box = make("div", null, [made]);
  box.className = "scroll";
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", caption);
  return box;
}

function highlighted(query, matches) {
  const letters = Array.from(query);
  const marked = letters.map(() => false);
  for (const match of matches) if (match.field.startsWith("query")) for (let at = match.start; at < match.end; at += 1) marked[at] = true;
  const line = make("p");
  line.dir = "auto";
  let at = 0;
  while (at < letters.length) {
    let end = at;
    while (end < letters.length && marked[end] === marked[at]) end += 1;
    const text = letters.slice(at, end).join("");
    line.append(marked[at] ? make("mark", text) : text);
    at = end;
  }
  return line;
}

function explain(answer, body) {
  const trace = answer.trace;
  why.hidden = !trace;
  if (!trace) return;
  const parts = [];
  if (body.query) parts.push(highlighted(body.query, trace.matches ?? []));
  parts.push(make("p", trace.would_show ?? "Shown: a term matched, and its campaign is open here."));
  const place = trace.place ?? {};
  parts.push(make("p", `Place ${place.voting_region}: phase ${place.phase}, ${place.in_season ? `in season for ${place.election}` : "no election in season"}.`));
  const found = [
    ...(trace.matches ?? []).map((match) => [match.term, match.list, match.topic, match.layer, "matched"]),
    ...(trace.rejected ?? []).map((match) => [match.term, match.list, match.topic, match.layer, match.detail ? `${match.reason}: ${match.detail}` : match.reason]),
  ];
  if (found.length) parts.push(table("Terms", ["Term", "List", "Topic", "Layer", "Result"], found));
  const campaigns = (trace.campaigns ?? []).map((campaign) => [campaign.id, campaign.notice, campaign.result, campaign.reason]);
  if (campaigns.length) parts.push(table("Campaigns", ["Campaign", "Notice", "Result", "Because"], campaigns));
  for (const shown of trace.wording ?? []) {
    parts.push(make("p", `${shown.notice} in ${shown.language} (${shown.fallback.replaceAll("_", " ")})${shown.reviewed ? "" : ": starter content, a draft nobody has reviewed"}.`));
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
  say("");
}

async function ask() {
  running?.abort();
  const current = new AbortController();
  running = current;
  const late = setTimeout(() => current.abort("late"), TIMEOUT_MS);
  const body = asked();
  try {
    const response = await fetch(form.dataset.endpoint, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
      credentials: "omit", referrerPolicy: "no-referrer", signal: current.signal,
    });
    if (!response.ok) { fail(await problemOf(response)); return; }
    const answer = await response.json();
    errors.replaceChildren();
    notice.show(answer);
    say(answer.outcome === "shown" ? `${answer.notices.length} notice${answer.notices.length > 1 ? "s" : ""} shown.` : OUTCOMES[answer.outcome] ?? answer.outcome);
    explain(answer, body);
  } catch (error) {
    if (running !== current) return;
    if (!current.signal.aborted || current.signal.reason === "late") fail(["The service does not answer. An app would now show its results without a notice."]);
  } finally {
    clearTimeout(late);
  }
}

form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT_MS); });
for (const chip of document.querySelectorAll(".chips a")) {
  chip.addEventListener("click", (event) => {
    event.preventDefault();
    form.elements.q.value = chip.dataset.q;
    form.elements.region.value = chip.dataset.region;
    if ([...form.elements.lang.options].some((option) => option.value === chip.dataset.lang)) form.elements.lang.value = chip.dataset.lang;
    ask();
  });
}
if (form.elements.q.value) ask();

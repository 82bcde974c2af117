/* <election-notice>: shows the notice that Signpost answers with, or nothing at all. One file, no dependencies, no cookies, no third parties.
   How to use it: docs/notice-element.md. */

const TIMEOUT_MS = 2000;
const QUERY_CODE_POINTS = 256;
const REFRESH_AT_LEAST_MS = 60_000;
const TIMER_AT_MOST_MS = 2 ** 31 - 1;
const DAY_MS = 86_400_000;
const STORAGE_KEY = "election-notice";

const CLOSE = {
  ar: "إغلاق", bg: "Затваряне", bn: "বন্ধ করুন", ca: "Tanca", cs: "Zavřít", da: "Luk", de: "Schließen", el: "Κλείσιμο", en: "Close", es: "Cerrar",
  fa: "بستن", fi: "Sulje", fil: "Isara", fr: "Fermer", gu: "બંધ કરો", he: "סגירה", hi: "बंद करें", hr: "Zatvori", hu: "Bezárás", id: "Tutup",
  it: "Chiudi", ja: "閉じる", ko: "닫기", mr: "बंद करा", ms: "Tutup", nb: "Lukk", nl: "Sluiten", no: "Lukk", pl: "Zamknij", pt: "Fechar",
  ro: "Închide", ru: "Закрыть", sk: "Zavrieť", sl: "Zapri", sr: "Затвори", sv: "Stäng", sw: "Funga", ta: "மூடு", te: "మూసివేయి", th: "ปิด",
  tr: "Kapat", uk: "Закрити", ur: "بند کریں", vi: "Đóng", zh: "关闭", "zh-Hant": "關閉",
};

const ICONS = {
  election_center: ["M4 13v6a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-6", "M2.5 13h19", "M8 13V5a1 1 0 0 1 1-1h6a1 1 0 0 1 1 1v8", "m10.3 8.4 1.3 1.3 2.3-2.6"],
  media_literacy: ["M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Z", "m16 16 4.5 4.5", "M8.5 9.5h5", "M8.5 12.5h3"],
  fact_check: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z", "m8 12.3 2.7 2.7L16 9.5"],
  synthetic_media: ["M11 4l1.8 4.7 4.7 1.8-4.7 1.8L11 17l-1.8-4.7-4.7-1.8 4.7-1.8Z", "M18 15v5", "M15.5 17.5h5"],
  political_ads: ["M4 10v4a1 1 0 0 0 1 1h2l9 4V5L7 9H5a1 1 0 0 0-1 1Z", "M8 15v3.5a1.5 1.5 0 0 0 3 0V17", "M19 10.5a3 3 0 0 1 0 3"],
  influence_operations: ["M12 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z", "M5.5 20a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
    "M18.5 20a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z", "m10.8 7.8-4 7.4", "m13.2 7.8 4 7.4", "M8 17.5h8"],
  account_label: ["M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1Z", "M12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
    "M7.5 17.5c.6-2 2.3-3 4.5-3s3.9 1 4.5 3"],
  results_caution: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z", "M12 7.5V12l3 2"],
  urgent: ["M12 4 2.8 19.5h18.400Z", "M12 10v4", "M12 16.9v.1"],
  custom: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z", "M12 11v5", "M12 7.9v.1"],
};
const CROSS = ["m7 7 10 10", "M17 7 7 17"];

const SHEET = `
  :host { display: block; color-scheme: var(--election-notice-color-scheme, light dark); }
  :host([hidden]), :host(:not([data-shown])) { display: none; }
  .notice {
    --bg: var(--election-notice-background, light-dark(#ffffff, #1a232e));
    --ink: var(--election-notice-color, light-dark(#17212d, #e8edf3));
    --soft: var(--election-notice-color-muted, light-dark(#46535f, #b4c0cc));
    --accent: var(--election-notice-accent, light-dark(#1b4f8f, #93bdf7));
    --tint: var(--election-notice-tint, light-dark(#e9f0fa, #24354a));
    --edge: var(--election-notice-border, light-dark(#cfd8e3, #33414f));
    position: relative; display: grid; grid-template-columns: auto minmax(0, 1fr) auto; column-gap: 0.875em; align-items: start;
    box-sizing: border-box; margin: 0; padding: var(--election-notice-padding, 1em);
    background: var(--bg); color: var(--ink); border: 1px solid var(--edge); border-radius: var(--election-notice-radius, 0.875em);
    font: var(--election-notice-font, 400 1rem/1.45 system-ui, sans-serif); text-align: start; overflow-wrap: anywhere;
  }
  .notice + .notice { margin-block-start: 0.75em; }
  .icon { display: grid; place-items: center; inline-size: 2.5em; block-size: 2.5em; border-radius: 50%; background: var(--tint); color: var(--accent); }
  .icon svg { inline-size: 1.5em; block-size: 1.5em; }
  svg { fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; display: block; }
  .title { margin: 0; font-size: 1.0625em; font-weight: 650; line-height: 1.3; padding-block-start: 0.1em; }
  .body { margin: 0.25em 0 0; color: var(--soft); }
  .picture { display: block; max-inline-size: 100%; block-size: auto; margin-block-start: 0.75em; border-radius: 0.5em; }
  .link {
    display: inline-flex; align-items: center; gap: 0.4em; margin-block-start: 0.75em; min-block-size: 2.25em; padding: 0.35em 0.95em; box-sizing: border-box;
    color: var(--accent); background: var(--tint); border: 1px solid transparent; border-radius: 1.5em; font-weight: 600; text-decoration: none;
  }
  .link:hover { text-decoration: underline; text-underline-offset: 0.2em; }
  .dismiss {
    display: grid; place-items: center; inline-size: 2.25rem; block-size: 2.25rem; margin: -0.375rem; margin-inline-start: 0; padding: 0; cursor: pointer;
    color: var(--soft); background: transparent; border: 0; border-radius: 50%;
  }
  .dismiss:hover { background: var(--tint); color: var(--ink); }
  .dismiss svg { inline-size: 1.25rem; block-size: 1.25rem; }
  .link:focus-visible, .dismiss:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  @supports not (color: light-dark(#000, #fff)) {
    .notice {
      --bg: var(--election-notice-background, #ffffff); --ink: var(--election-notice-color, #17212d); --soft: var(--election-notice-color-muted, #46535f);
      --accent: var(--election-notice-accent, #1b4f8f); --tint: var(--election-notice-tint, #e9f0fa); --edge: var(--election-notice-border, #cfd8e3);
    }
  }
  @media (forced-colors: active) {
    .notice { border-color: CanvasText; }
    .icon { border: 1px solid CanvasText; color: CanvasText; }
    .link { border-color: LinkText; color: LinkText; }
    .dismiss { border: 1px solid ButtonText; color: ButtonText; background: ButtonFace; }
  }
  @media print { .dismiss { display: none; } }
`;

let sheet;
const memory = new Map();

function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function filled(text) {
  return typeof text === "string" && text.trim() !== "";
}

/* Only https, or http to the page's own or the endpoint's origin, or to this very machine. */
function safeLink(address, endpoint) {
  if (!filled(address)) return null;
  let url;
  try {
    url = new URL(address, endpoint);
  } catch {
    return null;
  }
  if (url.username || url.password) return null;
  if (url.protocol === "https:") return url;
  const near = url.origin === location.origin || url.origin === endpoint.origin || ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  return url.protocol === "http:" && near ? url : null;
}

function drawing(paths) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  for (const path of paths) {
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", path);
    svg.append(line);
  }
  return svg;
}

function element(name, part, text) {
  const made = document.createElement(name);
  made.className = part;
  made.setAttribute("part", part);
  if (text !== undefined) made.textContent = text;
  return made;
}

function closeWord(language) {
  const tag = language.startsWith("zh-Hant") || language === "zh-TW" || language === "zh-HK" ? "zh-Hant" : language.split("-")[0];
  return Object.hasOwn(CLOSE, tag) ? CLOSE[tag] : CLOSE.en;
}

function words(value) {
  return (value ?? "").split(/[\s,]+/).filter(Boolean);
}

class ElectionNotice extends HTMLElement {
  static observedAttributes = ["endpoint", "query", "hashtags", "region", "voting-region", "lang", "langs", "surface", "signals", "limit"];

  #root = this.attachShadow({ mode: "open" });
  #running = null;
  #queued = false;
  #timer = 0;
  #handed = false;

  constructor() {
    super();
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(SHEET);
    }
    this.#root.adoptedStyleSheets = [sheet];
  }

  connectedCallback() {
    if (Object.hasOwn(this, "notice")) {
      const given = this.notice;
      delete this.notice;
      this.notice = given;
    }
    this.#queue();
  }

  disconnectedCallback() {
    this.#running?.abort();
    clearTimeout(this.#timer);
  }

  attributeChangedCallback(_name, before, after) {
    if (before !== after) this.#queue();
  }

  /* Show one notice of an answer that the page already has; null takes it away. */
  set notice(value) {
    this.show(value ? { notices: [value] } : null);
  }

  /* Show a whole answer of POST /v1/notices that the page already has; null takes it away. */
  show(answer) {
    this.#handed = answer !== null && answer !== undefined;
    this.#running?.abort();
    this.#render(answer);
  }

  /* Ask again with the attributes as they are now. */
  refresh() {
    this.#handed = false;
    this.#queue();
  }

  #queue() {
    if (this.#queued || this.#handed || !this.isConnected) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      if (this.isConnected && !this.#handed) this.#ask();
    });
  }

  get #endpoint() {
    const given = this.getAttribute("endpoint");
    return given ? new URL(given, document.baseURI) : new URL("../v1/notices", import.meta.url);
  }

  #request() {
    const asked = { region: this.getAttribute("region") };
    const languages = words(this.getAttribute("langs") ?? this.getAttribute("lang"));
    const query = this.getAttribute("query");
    if (query) asked.query = Array.from(query).slice(0, QUERY_CODE_POINTS).join("");
    if (languages.length) asked.languages = languages;
    if (this.hasAttribute("hashtags")) asked.hashtags = words(this.getAttribute("hashtags"));
    if (this.hasAttribute("voting-region")) asked.voting_region = this.getAttribute("voting-region");
    if (this.hasAttribute("surface")) asked.surface = this.getAttribute("surface");
    if (this.hasAttribute("signals")) asked.signals = words(this.getAttribute("signals"));
    if (this.hasAttribute("limit")) asked.limit = Number(this.getAttribute("limit"));
    return asked;
  }

  /* The query goes in the body, never in the address; no cookie, no referrer; whatever goes wrong, nothing is shown. */
  async #ask() {
    this.#running?.abort();
    clearTimeout(this.#timer);
    if (!this.getAttribute("region")) {
      this.#render(null);
      return;
    }
    const running = new AbortController();
    const late = setTimeout(() => running.abort(), TIMEOUT_MS);
    this.#running = running;
    try {
      const response = await fetch(this.#endpoint, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify(this.#request()),
        credentials: "omit",
        referrerPolicy: "no-referrer",
        redirect: "error",
        signal: running.signal,
      });
      const answer = response.ok ? await response.json() : null;
      if (running.signal.aborted || this.#running !== running) return;
      this.#render(answer);
      this.#plan(answer);
    } catch {
      if (this.#running === running) this.#render(null);
    } finally {
      clearTimeout(late);
    }
  }

  /* Ask again some time after the answer may have changed, not all clients at once. */
  #plan(answer) {
    const expires = isObject(answer) && filled(answer.expires_at) ? Date.parse(answer.expires_at) : NaN;
    if (Number.isNaN(expires)) return;
    const wait = Math.max(expires - Date.now(), REFRESH_AT_LEAST_MS) + Math.random() * REFRESH_AT_LEAST_MS;
    if (wait < TIMER_AT_MOST_MS) this.#timer = setTimeout(() => this.#queue(), wait);
  }

  #render(answer) {
    let cards = [];
    try {
      const notices = isObject(answer) && Array.isArray(answer.notices) ? answer.notices : [];
      cards = notices.filter((notice) => this.#mayShow(notice)).map((notice) => this.#card(notice)).filter(Boolean);
    } catch {
      cards = [];
    }
    this.#root.replaceChildren(...cards.map(([card]) => card));
    this.toggleAttribute("data-shown", cards.length > 0);
    for (const [, notice] of cards) {
      this.#note(notice, (seen) => ({ ...seen, day: today(), count: (seen.day === today() ? seen.count ?? 0 : 0) + 1 }));
      this.#tell("shown", notice);
    }
  }

  #card(notice) {
    const endpoint = this.#endpoint;
    const action = isObject(notice.action) ? notice.action : {};
    const url = safeLink(action.url, endpoint);
    if (!filled(notice.title) || !url || !filled(action.label)) return null;
    const language = filled(notice.language) ? notice.language : "";
    const card = element("section", "notice");
    card.setAttribute("role", "region");
    card.setAttribute("aria-label", notice.title);
    card.dir = notice.direction === "rtl" ? "rtl" : "ltr";
    if (language) card.lang = language;
    const icon = element("span", "icon");
    icon.append(drawing(Object.hasOwn(ICONS, notice.kind) ? ICONS[notice.kind] : ICONS.custom));
    const text = element("div", "text");
    text.append(element("p", "title", notice.title));
    if (filled(notice.body)) text.append(element("p", "body", notice.body));
    const picture = this.#picture(notice.image, endpoint);
    if (picture) text.append(picture);
    const link = element("a", "link", action.label);
    link.href = url.href;
    link.rel = "noopener noreferrer";
    link.referrerPolicy = "no-referrer";
    if (this.hasAttribute("target")) link.target = this.getAttribute("target");
    link.addEventListener("click", () => this.#tell("followed", notice));
    text.append(link);
    card.append(icon, text);
    if (notice.dismissible === true) card.append(this.#dismiss(notice, card, language));
    return [card, notice];
  }

  #dismiss(notice, card, language) {
    const button = element("button", "dismiss");
    button.type = "button";
    button.setAttribute("aria-label", this.getAttribute("dismiss-label") ?? closeWord(language));
    button.append(drawing(CROSS));
    button.addEventListener("click", () => {
      card.remove();
      this.toggleAttribute("data-shown", this.#root.childElementCount > 0);
      const days = Number(notice.frequency?.dismiss_days);
      this.#note(notice, (seen) => ({ ...seen, hidden_until: days > 0 ? Date.now() + days * DAY_MS : TIMER_AT_MOST_MS * DAY_MS }));
      this.#tell("dismissed", notice);
    });
    return button;
  }

  /* A picture only from the page's own or the endpoint's origin: no third party learns of the search. */
  #picture(image, endpoint) {
    const url = isObject(image) ? safeLink(image.url, endpoint) : null;
    if (!url || ![location.origin, endpoint.origin].includes(url.origin)) return null;
    const picture = element("img", "picture");
    picture.referrerPolicy = "no-referrer";
    picture.loading = "lazy";
    picture.alt = filled(image.alt) ? image.alt : "";
    picture.src = url.href;
    return picture;
  }

  #mayShow(notice) {
    if (!isObject(notice)) return false;
    if (this.hasAttribute("preview")) return true;
    const seen = this.#seen(notice);
    if (seen.hidden_until > Date.now()) return false;
    const most = Number(notice.frequency?.per_day);
    return !(most > 0 && seen.day === today() && seen.count >= most);
  }

  #seen(notice) {
    const name = `${notice.id}/${notice.revision}`;
    return (this.hasAttribute("remember") ? stored()[name] : memory.get(name)) ?? {};
  }

  #note(notice, change) {
    if (this.hasAttribute("preview")) return;
    const name = `${notice.id}/${notice.revision}`;
    const after = change(this.#seen(notice));
    memory.set(name, after);
    if (!this.hasAttribute("remember")) return;
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify({ ...stored(), [name]: after }));
    } catch {
      /* no storage: the memory of this page is all there is */
    }
  }

  #tell(what, notice) {
    const detail = { id: notice.id, kind: notice.kind, campaign: notice.campaign };
    this.dispatchEvent(new CustomEvent(`election-notice:${what}`, { detail, bubbles: true, composed: true }));
  }
}

function today() {
  const now = new Date();
  return `${now.getFullYear()}-${now.getMonth() + 1}-${now.getDate()}`;
}

function stored() {
  try {
    const kept = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}");
    return isObject(kept) ? kept : {};
  } catch {
    return {};
  }
}

if (!customElements.get("election-notice")) customElements.define("election-notice", ElectionNotice);

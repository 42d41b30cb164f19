import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";

import { AsOf } from "./parts/as-of";
import { Banner } from "./parts/banner";
import { Footer } from "./parts/footer";
import { dictionaries } from "./i18n";
import { dateText } from "./i18n/dates";
import { type Page, PageContext, usePage } from "./page";
import { Title } from "./parts/title";
import { followLinks, onMove, read, VIEWS, type View } from "./place";
import { keepScroll } from "./scroll";
import { Around } from "./views/around";
import { Entry } from "./views/entry";
import { Matrix } from "./views/matrix";

import { Search } from "./views/search";
import { Timeline } from "./views/timeline";
import { Trace } from "./views/trace";

const COMPONENTS: Record<View, () => preact.JSX.Element> = {
  search: Search,
  node: Entry,
  around: Around,
  trace: Trace,
  timeline: Timeline,
  matrix: Matrix,
};

export function App() {
  const [search, setSearch] = useState(location.search);
  useEffect(() => onMove(() => setSearch(location.search)), []);
  useEffect(() => {
    document.addEventListener("click", followLinks);
    return () => document.removeEventListener("click", followLinks);
  }, []);

  useEffect(openForPrint, []);
  useEffect(keepScroll, []);

  const place = useMemo(() => read(search), [search]);
  const t = dictionaries[place.lang];
  const [message, say] = useMessage();
  const page: Page = useMemo(() => {
    const date = place.moment && dateText(place.moment.date, place.lang);
    const when = date !== null && place.moment?.certainty === "CERTAIN" ? t.asOf.onlyCertain(date) : date;
    return { place, t, language: place.lang === "fr" ? "FR" : "EN", when, say };
  }, [place, t, say]);
  useEffect(() => {
    document.documentElement.lang = place.lang;
  }, [place.lang]);

  // A new view begins at its heading, for eyes and for screen readers; the first is where it is.
  const view = `${place.view} ${place.view === "node" ? place.get("id") : ""}`;
  const main = useRef<HTMLElement>(null);
  const last = useRef(view);
  useEffect(() => {
    if (last.current === view) return;
    last.current = view;
    if (history.state === null) scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [view]);

  const View = place.view === null ? NoView : COMPONENTS[place.view];
  return (
    <PageContext.Provider value={page}>
      <a class="skip" href="#main">
        {t.skip}
      </a>
      <Header />
      <Banner />
      <Offline />
      <main id="main" ref={main} tabIndex={-1}>
        <View key={view} />
      </main>
      <Footer />
      <p class="toast" role="status">
        {message}
      </p>
    </PageContext.Provider>
  );
}

function Header() {
  const { place, t } = usePage();
  const shown: View[] = ["search", "around", "trace", "timeline", "matrix"];
  return (
    <header>
      <div class="bar">
        <a class="brand" href={place.to("search")}>
          <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
            <path d="M8 9 24 7M8 9l6 16M24 7 14 25" fill="none" stroke="currentColor" stroke-width="2.5" />
            <circle cx="8" cy="9" r="5" />
            <circle cx="24" cy="7" r="4" />
            <circle cx="14" cy="25" r="4.5" />
          </svg>
          {t.site}
        </a>
        <nav aria-label={t.mainMenu}>
          <ul>
            {shown.map((view) => (
              <li key={view}>
                <a href={place.to(view)} aria-current={place.view === view ? "page" : undefined}>
                  {t.views[view]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <a
          class="language"
          href={place.here({ lang: place.lang === "en" ? "fr" : "en" })}
          lang={place.lang === "en" ? "fr" : "en"}
          title={t.otherLanguageTitle}
        >
          {t.otherLanguage}
        </a>
        <AsOf />
      </div>
    </header>
  );
}

function Offline() {
  const { t } = usePage();
  const [isOffline, setIsOffline] = useState(!navigator.onLine);
  useEffect(() => {
    const change = () => setIsOffline(!navigator.onLine);
    addEventListener("online", change);
    addEventListener("offline", change);
    return () => {
      removeEventListener("online", change);
      removeEventListener("offline", change);
    };
  }, []);
  return (
    <div role="status" class="offline">
      {isOffline && <p>{t.errors.offline}</p>}
    </div>
  );
}

function NoView() {
  const { place, t } = usePage();
  return (
    <>
      <Title>{t.errors.noView}</Title>
      <p>{t.errors.noViewHelp}</p>
      <ul>
        {VIEWS.filter((view) => view !== "node").map((view) => (
          <li key={view}>
            <a href={place.to(view)}>{t.views[view]}</a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Paper cannot be opened: what is not said elsewhere on the page stands open there, the steps of paths and why sources differ. */
function openForPrint() {
  let opened: HTMLDetailsElement[] = [];
  const before = () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>(":is(.paths details, .disputed .sources):not([open])")];
    for (const one of opened) one.open = true;
  };
  const after = () => {
    for (const one of opened) one.open = false;
  };
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  return () => {
    removeEventListener("beforeprint", before);
    removeEventListener("afterprint", after);
  };
}

/** A message that goes after a while. */
function useMessage(): [string, (message: string) => void] {
  const [message, setMessage] = useState("");
  const timer = useRef(0);
  const say = useCallback((text: string) => {
    clearTimeout(timer.current);
    setMessage(text);
    timer.current = window.setTimeout(() => setMessage(""), 6000);
  }, []);
  return [message, say];
}

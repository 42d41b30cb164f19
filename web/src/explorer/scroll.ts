// How far down one was is kept with each step of the history, and found again by going back.
// Browsers do so themselves only where the page is there at once; here its answers come later.

/** How long what was seen may take to be there again, and how long a scroll must rest to be kept, in milliseconds. */
const [PATIENCE, REST] = [3000, 150];

export function keepScroll(): () => void {
  history.scrollRestoration = "manual";
  let isRestoring = restore();
  let timer = 0;
  const keep = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (!isRestoring.now) history.replaceState({ y: scrollY }, "");
    }, REST);
  };
  const back = () => {
    clearTimeout(timer);
    isRestoring = restore();
  };
  addEventListener("scroll", keep, { passive: true });
  addEventListener("popstate", back);
  return () => {
    clearTimeout(timer);
    removeEventListener("scroll", keep);
    removeEventListener("popstate", back);
  };
}

/** Scrolls to where this step of the history was left, as soon as the page is long enough and unless the visitor scrolls first. */
function restore(): { now: boolean } {
  const y: unknown = history.state?.y;
  const state = { now: typeof y === "number" };
  if (typeof y !== "number") return state;
  const observer = new ResizeObserver(() => {
    scrollTo(0, y);
    if (Math.abs(scrollY - y) < 2) stop();
  });
  const stop = () => {
    state.now = false;
    observer.disconnect();
    clearTimeout(timer);
    for (const event of ["wheel", "touchstart", "keydown"]) removeEventListener(event, stop);
  };
  const timer = setTimeout(stop, PATIENCE);
  for (const event of ["wheel", "touchstart", "keydown"]) addEventListener(event, stop);
  observer.observe(document.body);
  return state;
}

import { useEffect } from "preact/hooks";

import { usePage } from "../page";

/** The heading of a view, and of the window. */
export function Title({ children, hidden = false }: { children: string; hidden?: boolean }) {
  const { t } = usePage();
  useEffect(() => {
    document.title = `${children} – ${t.site}`;
  }, [children, t]);
  return <h1 class={hidden ? "visually-hidden" : undefined}>{children}</h1>;
}

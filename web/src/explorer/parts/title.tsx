import { useEffect } from "preact/hooks";

import { usePage } from "../page";

interface Props {
  children: string;
  hidden?: boolean;
  /** What the window is called, where that is not the heading. */
  ofWindow?: string;
}

/** The heading of a view, and of the window. */
export function Title({ children, hidden = false, ofWindow = children }: Props) {
  const { t } = usePage();
  useEffect(() => {
    document.title = `${ofWindow} – ${t.site}`;
  }, [ofWindow, t]);
  return <h1 class={hidden ? "visually-hidden" : undefined}>{children}</h1>;
}

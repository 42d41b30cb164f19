import type { ComponentChildren } from "preact";

interface Props {
  label: string;
  children: ComponentChildren;
  tall?: boolean;
}

/** A table that scrolls within itself where the window is narrow. */
export function Table({ label, children, tall = false }: Props) {
  return (
    <div class={tall ? "table tall" : "table"} role="group" aria-label={label} tabIndex={0}>
      <table>{children}</table>
    </div>
  );
}

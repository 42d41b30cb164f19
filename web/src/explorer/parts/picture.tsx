import { useEffect, useRef, useState } from "preact/hooks";

import type { NodeKind, RelationshipKind } from "../generated";
import { useMedia, usePage } from "../page";
import type { Engine } from "./picture-engine";
import { Kind, Skeleton } from "./basics";
import type { Drawing } from "./exports";

export interface Drawn {
  nodes: { id: string; name: string; kind: NodeKind; isFocus: boolean }[];
  /** Those drawn `backwards` point from where they are drawn to, so that layers follow a path; those that hold no more, or not yet, are dashed. */
  edges: { id: string; from: string; to: string; kind: RelationshipKind; backwards?: boolean; isCurrent?: boolean }[];
}

/** Ways to move the picture without dragging it. */
const PANS = [
  ["left", "←", 80, 0],
  ["right", "→", -80, 0],
  ["up", "↑", 0, 80],
  ["down", "↓", 0, -80],
] as const;

interface Props {
  drawn: Drawn;
  layout: "around" | "layers";
  label: string;
  selected: string | null;
  select?(id: string | null): void;
  /** Where the drawing is put for whoever wants it as a file. */
  hold(drawing: Drawing | null): void;
}

/** The graph as a picture. Its library is fetched only here. */
export function Picture({ drawn, layout, label, selected, select, hold }: Props) {
  const { t } = usePage();
  const frame = useRef<HTMLDivElement>(null);
  const engine = useRef<Engine | null>(null);
  const [isReady, setIsReady] = useState(false);
  const isDark = useMedia("(prefers-color-scheme: dark)");
  const key = JSON.stringify([drawn, layout]);
  const callback = useRef(select);
  callback.current = select;

  useEffect(() => {
    let isGone = false;
    import("./picture-engine").then(({ draw }) => {
      if (isGone || frame.current === null) return;
      engine.current?.end();
      engine.current = draw(frame.current, drawn, layout, {
        kindName: (kind) => t.relationshipKinds[kind],
        select: (id) => callback.current?.(id),
      });
      engine.current.mark(selected);
      hold(engine.current);
      setIsReady(true);
    });
    return () => {
      isGone = true;
    };
  }, [key, t, isDark]);
  useEffect(() => engine.current?.mark(selected), [selected]);
  useEffect(
    () => () => {
      engine.current?.end();
      engine.current = null;
      hold(null);
    },
    [],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [60, 0],
      ArrowRight: [-60, 0],
      ArrowUp: [0, 60],
      ArrowDown: [0, -60],
    };
    const move = moves[event.key];
    if (move) engine.current?.pan(...move);
    else if (event.key === "+" || event.key === "=") engine.current?.zoom(1.25);
    else if (event.key === "-") engine.current?.zoom(0.8);
    else if (event.key === "0") engine.current?.fit();
    else return;
    event.preventDefault();
  };

  return (
    <div class="picture">
      <div class="picture-tools">
        {PANS.map(([name, sign, x, y]) => (
          <button key={name} type="button" aria-label={t.around[name]} title={t.around[name]} onClick={() => engine.current?.pan(x, y)}>
            {sign}
          </button>
        ))}
        <button type="button" aria-label={t.around.zoomIn} onClick={() => engine.current?.zoom(1.25)}>
          +
        </button>
        <button type="button" aria-label={t.around.zoomOut} onClick={() => engine.current?.zoom(0.8)}>
          −
        </button>
        <button type="button" onClick={() => engine.current?.fit()}>
          {t.around.fit}
        </button>
      </div>
      {!isReady && <Skeleton lines={8} />}
      <div ref={frame} class={`__________cytoscape_container canvas ${layout}`} role="img" aria-label={label} tabIndex={0} onKeyDown={onKeyDown} />
      <ul class="legend" aria-label={t.around.kind}>
        {(Object.keys(t.nodeKinds) as NodeKind[])
          .filter((kind) => drawn.nodes.some((node) => node.kind === kind))
          .map((kind) => (
            <li key={kind}>
              <Kind node={{ kind }} />
            </li>
          ))}
      </ul>
      <p class="quiet keys">{t.around.keys}</p>
    </div>
  );
}

import { useEffect, useId, useRef, useState } from "preact/hooks";

import { Suggest } from "../generated";
import { useAnswer, usePage, useRested } from "../page";
import { kindLabel, KindMark } from "./basics";

interface Props {
  label: string;
  /** The name of what is chosen, or nothing. */
  chosen: string;
  choose(id: string): void;
  /** What an emptied field means, where it may be empty. */
  clear?(): void;
  help?: string;
  /** Whether the field is emptied by a choice, for lists. */
  adds?: boolean;
}

/** A box to find one entry by typing: the pattern of an editable combobox with a list. */
export function Picker({ label, chosen, choose, clear, help, adds = false }: Props) {
  const { t, language } = usePage();
  const id = useId();
  const [text, setText] = useState(chosen);
  const [open, setOpen] = useState(false);
  /** The id of the option that the arrow keys have reached. */
  const [activeId, setActiveId] = useState<string | null>(null);
  /** Whether Enter was pressed before the options of what was typed had come. */
  const [isPending, setIsPending] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => setText(chosen), [chosen]);

  const wanted = useRested(text.trim(), 120);
  const variables = open && wanted !== "" && wanted !== chosen ? { text: wanted, language } : null;
  const answer = useAnswer(Suggest, variables);
  const found = variables === null || answer.data === null ? [] : answer.data.search.edges.map(({ node }) => node);
  const isOpen = open && variables !== null && answer.data !== null;
  /** Whether the options are those of what is typed, and not of fewer letters. */
  const isCurrent = variables !== null && text.trim() === wanted && answer.data !== null && !answer.waiting;
  const active = found.findIndex(({ id }) => id === activeId);

  const close = () => {
    setOpen(false);
    setActiveId(null);
    setIsPending(false);
  };
  const take = (index: number) => {
    const node = found[index];
    if (node === undefined) return;
    close();
    setText(adds ? "" : node.name);
    choose(node.id);
  };
  useEffect(() => {
    if (!isPending || !isCurrent) return;
    setIsPending(false);
    take(0);
  }, [isPending, isCurrent]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (found.length > 0) setActiveId(found[active < 0 && step < 0 ? found.length - 1 : (active + step + found.length) % found.length]!.id);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (text.trim() === "" && clear) clear();
      else if (active >= 0) take(active);
      else setIsPending(true);
    } else if (event.key === "Escape") {
      if (isOpen) event.preventDefault();
      close();
      setText(chosen);
    }
  };

  return (
    <div class="picker">
      <label for={`${id}-box`}>{label}</label>
      <input
        ref={box}
        id={`${id}-box`}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        placeholder={t.picker.typeName}
        title={help}
        aria-autocomplete="list"
        aria-expanded={isOpen && found.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={isOpen && found[active] ? `${id}-${active}` : undefined}
        aria-describedby={help ? `${id}-help` : undefined}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setOpen(true);
          setActiveId(null);
          setIsPending(false);
        }}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => {
          close();
          if (text.trim() === "" && chosen !== "" && clear) clear();
          else setText(chosen);
        }}
        onKeyDown={onKeyDown}
      />
      {help && (
        <p id={`${id}-help`} class="visually-hidden">
          {help}
        </p>
      )}
      <ul id={`${id}-list`} role="listbox" aria-label={label} aria-busy={isOpen && !isCurrent} hidden={!isOpen || found.length === 0}>
        {found.map((node, index) => (
          <li
            key={node.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            data-kind={node.kind}
            // Before the box loses the focus.
            onMouseDown={(event) => {
              event.preventDefault();
              take(index);
            }}
          >
            <KindMark kind={node.kind} /> {node.name} <span class="quiet">{kindLabel(t, node)}</span>
          </li>
        ))}
      </ul>
      {isOpen && found.length === 0 && <p class="none">{t.picker.none}</p>}
      <span class="visually-hidden" role="status">
        {isOpen ? t.picker.results(found.length) : ""}
      </span>
    </div>
  );
}

import type { StatementFragment } from "../generated";
import type { Dictionary } from "../i18n/en";
import { Sentence, Sources } from "./basics";
import type { Cell } from "./exports";

/** A sentence with its sources; its dates stand in it. */
export function Statement({ statement }: { statement: StatementFragment }) {
  return (
    <>
      <Sentence text={statement.sentence} nodes={[statement.from, statement.to]} />
      {statement.note && <p class="quiet">{statement.note}</p>}
      <Sources citations={statement.citations} />
    </>
  );
}

/** Relationships as the rows of a file. */
export function statementRows(t: Dictionary, statements: readonly StatementFragment[]): Cell[][] {
  return [statementColumns(t), ...statements.map(statementRow)];
}

export function statementColumns({ columns }: Dictionary): string[] {
  return [columns.from, columns.kind, columns.to, columns.start, columns.end, columns.sentence, columns.sources];
}

export function statementRow({ from, kind, to, start, end, sentence, citations }: StatementFragment): Cell[] {
  return [from.id, kind, to.id, start, end, sentence, addresses(citations)];
}

export function addresses(citations: readonly { source: { url: string } }[]): string {
  return citations.map(({ source }) => source.url).join(" ");
}

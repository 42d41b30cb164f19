import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./graphiql.css";

import { pick, ToolbarButton, useGraphiQL } from "@graphiql/react";
import { GraphiQL } from "graphiql";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

import { examples } from "./examples";
import { fetcher } from "./fetcher";
import { DownloadIcon, LinkIcon } from "./icons";
import { forgetIfEdited, share, sharedQuestion } from "./share";
import { TAB_KEY_SHORTCUT, useTabMovesFocus } from "./tab-key";

/** GraphiQL's own key for the tabs of the last visit. */
const hasStoredTabs = localStorage.getItem("graphiql:tabState") !== null;
const shared = sharedQuestion();
const tabs = shared === null ? examples : [shared, ...examples];
// What the first editor shows. Nothing is said to a returning visitor without a link: the last visit goes on.
const initial = shared ?? (hasStoredTabs ? undefined : examples[0]);

function Page() {
  const [message, setMessage] = useState("");
  return (
    <GraphiQL
      fetcher={fetcher}
      defaultTabs={tabs}
      initialQuery={initial?.query}
      initialVariables={initial?.variables}
      onEditQuery={forgetIfEdited}
    >
      <GraphiQL.Logo>
        <a className="pactgraph-logo" href="/">
          Pactgraph
        </a>
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, copy, merge }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <ShareButton say={setMessage} />
            <DownloadButton say={setMessage} />
          </>
        )}
      </GraphiQL.Toolbar>
      <GraphiQL.Footer>
        <Footer message={message} />
      </GraphiQL.Footer>
    </GraphiQL>
  );
}

interface Says {
  say: (message: string) => void;
}

function ShareButton({ say }: Says) {
  const { queryEditor, variableEditor } = useGraphiQL(pick("queryEditor", "variableEditor"));
  const onClick = async () => {
    const copied = await share({
      query: queryEditor?.getValue() ?? "",
      variables: variableEditor?.getValue() ?? "",
    });
    say(copied ? "Link copied." : "The link is in the address bar.");
  };
  return (
    <ToolbarButton label="Share: a link to this query" onClick={onClick}>
      <LinkIcon />
    </ToolbarButton>
  );
}

function DownloadButton({ say }: Says) {
  const { responseEditor, operationName } = useGraphiQL(pick("responseEditor", "operationName"));
  const onClick = () => {
    const answer = responseEditor?.getValue() ?? "";
    if (answer === "") return say("Nothing to download yet: run the query first.");
    const address = URL.createObjectURL(new Blob([answer], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = `${operationName ?? "answer"}.json`;
    link.click();
    URL.revokeObjectURL(address);
    say(`Saved as ${link.download}.`);
  };
  return (
    <ToolbarButton label="Download the answer as JSON" onClick={onClick}>
      <DownloadIcon />
    </ToolbarButton>
  );
}

function Footer({ message }: { message: string }) {
  useEditorOptions();
  const [tabMovesFocus, toggleTabKey] = useTabMovesFocus();
  return (
    <div className="pactgraph-footer">
      <span role="status">{message}</span>
      <button type="button" onClick={toggleTabKey} title={`${TAB_KEY_SHORTCUT} in an editor does the same`}>
        Tab key: {tabMovesFocus ? "leaves the editor" : "indents"} <kbd>{TAB_KEY_SHORTCUT}</kbd>
      </button>
      <nav aria-label="Other ways in">
        <a href="/query">Plain page</a> <a href="/schema.graphql">Schema</a>
      </nav>
    </div>
  );
}

/** Names each editor, and the frame from which Enter opens it, for screen readers; sets how text is shown. */
function useEditorOptions() {
  const editors = useGraphiQL(pick("queryEditor", "variableEditor", "headerEditor", "responseEditor"));
  useEffect(() => {
    const names = {
      queryEditor: "GraphQL query",
      variableEditor: "Variables, as JSON",
      headerEditor: "Request headers, as JSON",
      responseEditor: "Answer, as JSON",
    };
    for (const [key, name] of Object.entries(names)) {
      const editor = editors[key as keyof typeof names];
      if (editor === undefined) continue;
      // Dashes and accents are no mistakes here, so that letters that look like others are not boxed in.
      editor.updateOptions({ ariaLabel: name, wordWrap: "on", unicodeHighlight: { ambiguousCharacters: false } });
      const frame = editor.getContainerDomNode();
      if (frame.tagName !== "SECTION") frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", `${name}. Enter goes in, Tab goes on.`);
    }
  }, [editors]);
}

// A link pasted over the open page changes the fragment only.
addEventListener("hashchange", () => location.reload());

const page = document.getElementById("page");
if (page === null) throw new Error("graphiql.html has no element #page");
createRoot(page).render(<Page />);

import "./styles/base.css";
import "./styles/frame.css";
import "./styles/controls.css";
import "./styles/pieces.css";
import "./styles/search.css";
import "./styles/entry.css";
import "./styles/pictures.css";
import "./styles/matrix.css";
import "./styles/narrow.css";
import "./styles/print.css";

import { render } from "preact";

import { App } from "./app";
import { sayLanguage } from "./place";

const page = document.getElementById("page");
if (page === null) throw new Error("index.html has no element #page");
sayLanguage();
page.replaceChildren();
render(<App />, page);

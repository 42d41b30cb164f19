// The explorer, as visitors use it: by mouse and by keyboard.
import { readFile } from "node:fs/promises";

import { browse, check, demand, expect, finish, holdAnswers, option, parameters, settled, tabTo, until } from "./session.mjs";

const { base } = parameters();

const EU = "canada-eu-raw-materials-partnership";

await browse(base, { permissions: ["clipboard-read", "clipboard-write"] }, async (page, context) => {
  const heading = (name) => page.getByRole("heading", { name }).first().waitFor();

  await check("by mouse: from a search to an entry and what builds on it", async () => {
    await page.goto(`${base}/`);
    await page.getByRole("searchbox").fill("canada eu");
    await page.locator(".results a", { hasText: "Canada–European Union Strategic Partnership" }).first().waitFor();
    await until(async () => (await page.locator(".results mark").count()) > 0, "what matched is not marked");
    await until(() => page.url().includes("q=canada+eu"), () => `the address does not follow: ${page.url()}`);
    await page.locator(".facets a", { hasText: "Agreements" }).click();
    await page.waitForURL(/kinds=AGREEMENT/);
    await page.locator(".results a", { hasText: "Canada–European Union Strategic Partnership" }).first().click();
    await heading("Later work that builds on it");
    await page.locator("#built-on ~ ul li").first().waitFor();
    await until(async () => (await page.locator("#built-on ~ ul li").count()) >= 2, "what builds on it is not listed");
    await until(() => page.evaluate(() => document.activeElement?.id === "main"), "the focus stays behind");
  });

  await check("by mouse: one search is one step back, however it is typed", async () => {
    await page.goto(`${base}/?view=timeline&lang=en`);
    await page.locator(".year").first().waitFor();
    const nav = page.getByRole("navigation", { name: "Views" });
    await nav.locator("a", { hasText: "Search" }).click();
    await page.locator("#newest ~ ul li").first().waitFor();
    for (const text of ["ger", "germany"]) {
      await page.getByRole("searchbox").fill(text);
      await page.waitForURL((url) => url.searchParams.get("q") === text);
    }
    await page.keyboard.press("Enter");
    await page.locator(".results a", { hasText: "Germany" }).first().click();
    await heading("Germany");
    await page.goBack();
    await page.waitForURL((url) => url.searchParams.get("q") === "germany");
    await page.locator(".results li").first().waitFor();
    await page.goBack();
    await page.locator("#newest ~ ul li").first().waitFor();
    demand(!new URL(page.url()).searchParams.has("q"), `the start page is ${page.url()}`);
    await until(async () => (await page.getByRole("searchbox").inputValue()) === "", "the box keeps the search");
    await page.goForward();
    await page.locator(".results li").first().waitFor();
    // A second search is a step of its own.
    await page.getByRole("searchbox").fill("japan");
    await page.waitForURL((url) => url.searchParams.get("q") === "japan");
    await page.goBack();
    await page.waitForURL((url) => url.searchParams.get("q") === "germany");
    await page.goto(`${base}/?q=canada+eu&kinds=AGREEMENT&lang=en`);
    await page.locator(".results a", { hasText: "Canada–European Union Strategic Partnership" }).first().click();
    await heading("Later work that builds on it");
  });

  await check("each view names the window, and lists and searches do so too", async () => {
    for (const [link, title] of [
      ["?kinds=FORUM&lang=en", "Forums – Pactgraph"],
      ["?q=germany&lang=en", "Search: germany – Pactgraph"],
      ["?q=germany&lang=fr", "Recherche\u00a0: germany – Pactgraph"],
      ["?view=node&id=germany&lang=fr", "Allemagne – Pactgraph"],
      ["?view=around&id=germany&lang=fr", "Réseau : Allemagne – Pactgraph"],
      ["?view=timeline&lang=fr", "Chronologie – Pactgraph"],
    ]) {
      await page.goto(`${base}/${link}`);
      await until(async () => (await page.title()) === title, async () => `${link} is called ${await page.title()}`);
      // Where no script runs, as in previews of links, it is called the same; lists have the title of the site there.
      const served = await (await fetch(`${base}/${link}`)).text();
      demand(link.startsWith("?kinds") || served.includes(`<title>${title}</title>`), `${link} is served as ${served.match(/<title>.*?<\/title>/)}`);
      const lang = new URLSearchParams(link).get("lang");
      await until(async () => (await page.locator("html").getAttribute("lang")) === lang, `${link} is in another language`);
    }
    await page.goto(`${base}/?q=canada+eu&kinds=AGREEMENT&lang=en`);
    await page.locator(".results a", { hasText: "Canada–European Union Strategic Partnership" }).first().click();
    await heading("Later work that builds on it");
  });

  await check("a territory of another state is no province", async () => {
    for (const [lang, ofCanada, ofOthers, label] of [
      ["en", "Provinces and territories", "Territories of other states", "Autonomous territory (Denmark)"],
      ["fr", "Provinces et territoires", "Territoires d’autres États", "Territoire autonome (Danemark)"],
    ]) {
      await page.goto(`${base}/?lang=${lang}`);
      const count = (title) => page.locator(".counts li", { has: page.getByRole("link", { name: title, exact: true }) }).locator(".number");
      await count(ofCanada).waitFor();
      demand((await count(ofCanada).innerText()) === "2", `${ofCanada}: ${await count(ofCanada).innerText()}`);
      demand((await count(ofOthers).innerText()) === "1", `${ofOthers}: ${await count(ofOthers).innerText()}`);
      await page.getByRole("link", { name: ofCanada, exact: true }).click();
      const section = (title) => page.locator("section", { has: page.getByRole("heading", { name: title, exact: false }) });
      await section(`${ofOthers} (1)`).getByRole("link", { name: lang === "fr" ? "Groenland" : "Greenland" }).waitFor();
      demand((await section(`${ofCanada} (2)`).locator(".listing li").count()) === 2, "the provinces are not two");
      await page.goto(`${base}/?view=node&id=greenland&lang=${lang}`);
      await page.locator(".meta .kind", { hasText: label }).waitFor();
      await page.goto(`${base}/?q=greenland&lang=${lang}`);
      await page.locator(".results .kind", { hasText: label }).first().waitFor();
    }
    await page.goto(`${base}/?q=canada+eu&kinds=AGREEMENT&lang=en`);
    await page.locator(".results a", { hasText: "Canada–European Union Strategic Partnership" }).first().click();
    await heading("Later work that builds on it");
  });

  await check("by mouse: back and forward restore what was seen", async () => {
    await page.goBack();
    await page.locator(".results li").first().waitFor();
    await until(async () => (await page.getByRole("searchbox").inputValue()) === "canada eu", "the search is forgotten");
    await page.goForward();
    await heading("Later work that builds on it");
  });

  await check("going back leads to where one had scrolled, and the address says the language", async () => {
    await page.goto(`${base}/?view=node&id=canada`);
    await until(() => page.url().includes("lang=en"), "a link would show another language elsewhere");
    await page.locator("#cite ~ .citations li").first().waitFor();
    await settled(page);
    const far = page.locator(".statements > ul > li > a").last();
    await far.scrollIntoViewIfNeeded();
    await page.waitForFunction(() => scrollY > 300 && history.state?.y === scrollY);
    const before = await page.evaluate(() => scrollY);
    await far.click();
    await page.waitForURL((url) => !url.search.includes("id=canada&"));
    await page.waitForFunction(() => scrollY === 0);
    await page.goBack();
    await page.waitForFunction((y) => Math.abs(scrollY - y) < 3, before);
    await page.goto(`${base}/?view=node&id=${EU}&lang=en`);
    await page.locator("#built-on ~ ul li").first().waitFor();
  });

  await check("by mouse: as of 2022 nothing builds on it, and a link shows what does later", async () => {
    await page.getByRole("textbox", { name: "Date", exact: true }).fill("2022");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.getByText("Nothing builds on it as of 2022.").waitFor();
    await until(() => page.url().includes("asof=2022"), "the address does not say the date");
    await page.getByRole("link", { name: "Show the 2 of other dates" }).click();
    await page.locator("#built-on ~ ul li").first().waitFor();
    await until(() => page.url().includes("asof=any"), "the address does not say that any time is shown");
  });

  await check("by mouse: only what is certain is counted, in every view", async () => {
    const choice = page.getByRole("combobox", { name: "Vague dates" });
    await until(async () => (await choice.count()) === 0, "the choice is offered without a date");
    // It was endorsed in June 2021, on a day that the sheet does not choose.
    await page.goto(`${base}/?view=node&id=${EU}&asof=2021-06-15&lang=en`);
    await page.locator(".tag.strong", { hasText: "Endorsed" }).waitFor();
    await choice.selectOption("CERTAIN");
    await page.waitForURL(/certainty=certain/);
    await page.getByText("15 June 2021, counting only what is certain").first().waitFor();
    await page.locator(".tag.strong").waitFor({ state: "detached" });
    for (const view of ["around", "trace", "timeline", "matrix"]) {
      await page.getByRole("navigation", { name: "Views" }).locator(`a[href*="view=${view}"]`).click();
      await page.waitForURL(new RegExp(`view=${view}.*asof=2021-06-15.*certainty=certain`));
    }
    await page.goto(`${base}/?view=around&id=european-union&asof=2021-06-15&certainty=certain&lang=en`);
    const entries = () => page.locator("#things").innerText();
    await page.locator("#things").waitFor();
    await settled(page);
    const certain = await entries();
    await choice.selectOption("POSSIBLE");
    await page.waitForFunction((before) => document.querySelector("#things")?.innerText !== before, certain);
    await page.getByRole("link", { name: "Back to today" }).click();
    await page.waitForURL((url) => !/asof|certainty/.test(url.search));
  });

  await check("by mouse: an entry shows all its relationships, some at a time, and says how many", async () => {
    // The world of the tests is small: its first page is made smaller.
    await page.route("**/graphql", async (route) => {
      const body = route.request().postDataJSON();
      if (!body?.query.startsWith("query Relationships") || body.variables.first !== 50) return route.fallback();
      return route.continue({ postData: JSON.stringify({ ...body, variables: { ...body.variables, first: 5 } }) });
    });
    await page.goto(`${base}/?view=node&id=canada&lang=en`);
    await page.getByText("The first 5 of 24 are listed.").waitFor();
    await until(async () => (await page.locator(".statements > ul > li").count()) === 5, "not five are listed");
    await page.unroute("**/graphql");
    await page.getByRole("link", { name: "Show 19 more" }).click();
    await page.waitForURL(/first=100/);
    await page.waitForFunction(() => document.querySelectorAll(".statements > ul > li").length === 24);
    await until(async () => (await page.locator(".more").count()) === 0, "more is promised than there is");
    const counts = () => page.locator(".statements h3 .number").allInnerTexts();
    const total = async () => (await counts()).reduce((sum, count) => sum + Number(count), 0);
    await until(async () => (await total()) === 24, async () => `the kinds count ${await counts()}`);
  });

  await check("by mouse: an entry has its place in time, and citations in each style", async () => {
    await page.goto(`${base}/?view=node&id=germany&lang=en`);
    await page.locator(".strip").waitFor();
    const cited = page.locator("#cite ~ .citations");
    for (const [style, start] of [["BIBTEX", /^@misc\{pactgraph-germany,/], ["CSL_JSON", /^\{"id":"pactgraph-germany"/], ["CHICAGO", /^Pactgraph, “Germany,” /], ["APA", /^Pactgraph\. \(\d{4}\)\. Germany/]]) {
      await page.getByRole("combobox", { name: "Style" }).selectOption(style);
      await page.waitForURL(new RegExp(`style=${style.toLowerCase()}`));
      await cited.locator("li").filter({ hasText: start }).first().waitFor();
      const copiedStart = style === "CSL_JSON" ? /^\[\s*\{"id":"pactgraph-germany"/ : start;
      await page.getByRole("button", { name: "Copy all" }).click();
      await page.locator(".toast", { hasText: /Copied/ }).waitFor();
      // The toast may still be that of the style before.
      let text = "";
      const copied = async () => copiedStart.test((text = await page.evaluate(() => navigator.clipboard.readText())));
      await until(copied, () => `${style} is copied as ${text.slice(0, 80)}`);
      demand(text.includes("germany") && text.length > 100, `${style} is copied as ${text.slice(0, 80)}`);
      if (style === "CSL_JSON") demand(JSON.parse(text).length >= 2, "the items are no list of JSON");
    }
    await page.getByRole("link", { name: "See them on the timeline" }).click();
    await page.getByRole("heading", { level: 1, name: "Timeline around Germany" }).waitFor();
    await page.locator(".year").first().waitFor();
    await page.getByRole("combobox", { name: /^Around what/ }).fill("");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.search.includes("id="));
  });

  await check("by mouse: the kinds of what is here lead to lists", async () => {
    await page.goto(`${base}/?lang=en`);
    await page.getByRole("link", { name: "Forums" }).click();
    await page.getByRole("heading", { name: "Forums (4)" }).waitFor();
    await page.getByRole("link", { name: "Group of Seven" }).click();
    await page.getByRole("heading", { level: 1, name: "Group of Seven" }).waitFor();
    await page.goto(`${base}/?view=node&id=${EU}&lang=en`);
    await page.locator("#cite ~ .citations li").first().waitFor();
  });

  await check("by mouse: the neighbourhood is filtered, expanded and collapsed, and says what is hidden", async () => {
    await page.getByRole("link", { name: "See the network" }).click();
    await page.locator(".canvas canvas").first().waitFor();
    const count = () => page.locator("#things ~ .table tbody tr").count();
    await settled(page);
    const before = await count();
    await page.getByRole("row", { name: /Japan|Canada–France/ }).first().getByRole("button", { name: "Expand" }).click();
    await page.waitForURL(/open=/);
    await page.getByRole("button", { name: "Collapse" }).waitFor();
    await settled(page);
    await until(async () => (await count()) >= before, "expanding hides entries");
    await page.getByRole("button", { name: "Collapse" }).click();
    await page.waitForURL((url) => !url.search.includes("open="));
    await page.locator(".kinds-filter summary").click();
    await page.getByLabel("Builds on").check();
    await page.waitForFunction((most) => document.querySelectorAll("#things ~ .table tbody tr").length < most, before);
    await page.getByText(/entries and .+ are shown\. Nothing is hidden\./).waitFor();
    await proveKept(page, "#things ~ .table");
    await page.getByLabel("Walk through hubs").check();
    await page.waitForURL(/hubs=allow/);
  });

  await check("by mouse: a node of the picture is selected in the table too", async () => {
    await page.goto(`${base}/?view=around&id=${EU}&kinds=BUILDS_ON`);
    await page.locator(".canvas canvas").first().waitFor();
    await page.getByRole("button", { name: /^Select: Canada–France/ }).click();
    await page.locator("tr.is-selected", { hasText: "Canada–France" }).waitFor();
    await page.locator(".selected", { hasText: "Canada–France" }).waitFor();
    await until(() => page.url().includes("sel="), "the address does not say what is selected");
  });

  await check("by mouse: a path is traced, without Canada", async () => {
    await page.goto(`${base}/?view=trace`);
    await pick(page, "From", "raw materials partnership", "Canada–European Union Strategic Partnership");
    await pick(page, "To", "critical minerals action plan", "G7 Critical Minerals Action Plan");
    await page.locator("h2", { hasText: /path/ }).first().waitFor();
    await pick(page, "Leave out", "canada", "Canada");
    await page.waitForURL(/avoid=canada/);
    await settled(page);
    await until(async () => !(await page.locator(".route a", { hasText: /^Canada$/ }).count()), "a path passes through Canada");
    await page.getByRole("combobox", { name: /^Hubs/ }).selectOption("ALLOW");
    await page.waitForURL(/hubs=allow/);
    await page.getByRole("button", { name: "Stop leaving out Canada" }).click();
    await page.waitForURL((url) => !url.search.includes("avoid"));
    await page.locator(".paths > li").first().waitFor();
    await until(async () => (await page.locator(".steps .sources").count()) > 0, "no step has a source");
    await page.getByText("No other paths match.").waitFor();
    await pick(page, "By way of", "european union", "European Union");
    await page.waitForURL(/via=european-union/);
    await page.waitForFunction(() =>
      [...document.querySelectorAll(".route")].every((route) => /European Union(?! Strategic)/.test(route.textContent)),
    );
    await page.locator(".kinds-filter summary").click();
    await page.getByLabel("Party to").check();
    await page.waitForURL(/kinds=PARTY_TO/);
    await page.getByRole("heading", { name: "No path" }).waitFor();
    await page.getByLabel("Party to").uncheck();
    await page.getByRole("combobox", { name: "Show", exact: true }).selectOption("SIMPLE");
    await page.getByRole("combobox", { name: "At most" }).selectOption("5");
    await page.waitForURL(/mode=simple&max=5/);
    await page.getByRole("link", { name: "Show more" }).waitFor();
    await proveKept(page, ".paths");
    await page.goBack();
    await page.waitForURL((url) => !url.search.includes("max="));
    await page.getByRole("button", { name: "No longer by way of European Union" }).click();
    await page.waitForURL((url) => !url.search.includes("via"));
  });

  await check("what hubs hide is counted, named and shown by a link, in both languages", async () => {
    const trace = `${base}/?view=trace&from=${EU}&to=japan`;
    await page.goto(`${trace}&lang=fr`);
    await page.locator("#hidden", { hasText: /chemins? .*pass(e|ent) par : .*Canada/ }).waitFor();
    await page.goto(`${trace}&lang=en`);
    await page.locator("#hidden", { hasText: /more paths? .*leads? through .*Canada/ }).waitFor();
    const before = await page.locator(".route").count();
    await page.getByRole("link", { name: "Show them" }).click();
    await page.waitForURL(/hubs=allow/);
    await page.locator(".route a", { hasText: /^Canada$/ }).first().waitFor();
    await until(async () => (await page.locator(".route").count()) > before, "no more paths are shown");
    demand((await page.locator("#hidden").count()) === 0, "something is still said to be hidden");
  });

  await check("by mouse: a year of the timeline and a cell of the matrix lead behind them", async () => {
    await page.goto(`${base}/?view=timeline`);
    await page.locator(".chart a").last().click();
    await page.waitForURL(/from=\d{4}&to=\d{4}/);
    await page.waitForFunction(() => document.querySelectorAll(".year").length === 1);
    await page.goto(`${base}/?view=matrix`);
    await page.locator("td.cell a").first().click();
    await page.locator(".behind li a").first().waitFor();
    await until(() => /party=.+theme=/.test(page.url()), "the address does not say the cell");
  });

  await check("by keyboard: search, open, set a date and come back", async () => {
    await page.goto(`${base}/?lang=en`);
    await page.locator("#newest ~ ul li").first().waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await until(() => page.evaluate(() => location.hash === "#main"), "the first stop does not skip to the content");
    await tabTo(page, "#q");
    await page.keyboard.type("germany");
    await page.keyboard.press("Enter");
    await page.locator(".results a").first().waitFor();
    await page.waitForURL(/q=germany/);
    await settled(page);
    await page.locator("#q").focus();
    await tabTo(page, ".results a");
    await page.keyboard.press("Enter");
    await page.locator("#cite").waitFor();
    await tabTo(page, "#as-of");
    await page.keyboard.type("2024x");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").filter({ hasText: "is not a date" }).waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("2024-06");
    await page.keyboard.press("Enter");
    await page.waitForURL(/asof=2024-06/);
  });

  await check("by keyboard: two entries are picked, and their paths stand there", async () => {
    await page.goto(`${base}/?view=trace&lang=en`);
    await page.getByRole("combobox", { name: "From" }).focus();
    await page.keyboard.type("japan");
    await option(page, "Japan");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/from=japan/);
    await tabTo(page, "input[role=combobox]");
    await page.keyboard.type("g7");
    await option(page, "G7");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/to=/);
    await page.locator("h2.count").waitFor();
  });

  await check("by keyboard: Enter after the last letter takes what fits all of them", async () => {
    await page.goto(`${base}/?view=trace&lang=en`);
    await page.getByRole("combobox", { name: "From" }).focus();
    const letGo = await holdAnswers(page);
    await page.keyboard.type("germany");
    await page.keyboard.press("Enter");
    letGo();
    await page.waitForURL(/from=germany/);
  });

  await check("by keyboard: the picture moves and the table expands", async () => {
    await page.goto(`${base}/?view=around&id=${EU}&lang=en`);
    await page.locator(".canvas canvas").first().waitFor();
    await page.locator(".canvas").focus();
    for (const key of ["ArrowLeft", "+", "-", "0"]) await page.keyboard.press(key);
    for (const way of ["left", "right", "up", "down"]) await page.getByRole("button", { name: `Move ${way}` }).click();
    await tabTo(page, ".row-actions button[aria-expanded=false]");
    await page.keyboard.press("Enter");
    await page.waitForURL(/open=/);
  });

  await check("by keyboard: cells of the matrix and years of the timeline", async () => {
    await page.goto(`${base}/?view=matrix&lang=en`);
    await page.locator("td.cell a").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/theme=/);
    await page.goto(`${base}/?view=timeline&lang=en`);
    await page.locator(".chart a").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/from=/);
  });

  await check("the language is switched where one is", async () => {
    await page.goto(`${base}/?view=node&id=germany&asof=2024&lang=en`);
    await page.getByRole("link", { name: "Français" }).click();
    await page.getByRole("heading", { level: 1, name: "Allemagne" }).waitFor();
    await until(() => /id=germany/.test(page.url()) && /asof=2024/.test(page.url()), "the place is lost");
  });

  await check("every panel of every view shows its query and gives its rows", async () => {
    const links = ["?", "?q=eu", "?kinds=FORUM", `?view=node&id=${EU}&asof=2024&certainty=certain`, `?view=around&id=${EU}`, `?view=trace&from=${EU}&to=japan`, "?view=timeline&id=germany", "?view=matrix"];
    let panels = 0;
    for (const link of links) {
      await page.goto(`${base}/${link}&lang=en`);
      await page.locator(".tools").first().waitFor();
      await settled(page);
      for (const tools of await page.locator(".tools").all()) {
        panels += 1;
        const name = (await tools.locator("summary").innerText()).replace(/\s+/g, " ");
        await tools.locator("summary").click();
        const fields = new URLSearchParams((await tools.getByRole("link", { name: "Show the query" }).getAttribute("href")).split("#")[1]);
        const answer = await page.evaluate(
          async (body) => (await fetch("/graphql", { method: "POST", headers: { "Content-Type": "application/json" }, body })).json(),
          JSON.stringify({ query: fields.get("query"), variables: JSON.parse(fields.get("variables")) }),
        );
        demand(answer.data && !answer.errors, `${link}, ${name}: the query answers ${JSON.stringify(answer).slice(0, 200)}`);
        demand(link.includes("asof") === Boolean(answer.data.asOf) || /cite|place in time/i.test(name), `${link}, ${name}: the date is not obeyed`);
        for (const file of await tools.locator("a[download]").all()) {
          const answered = await page.request.get(new URL(await file.getAttribute("href"), base).href);
          demand(answered.ok(), `${link}, ${name}: a file answers ${answered.status()}`);
        }
        const button = tools.getByRole("button", { name: "CSV", exact: true });
        if (await button.count()) {
          const bytes = await saved(page, button);
          const rows = bytes.toString("utf8").split("\r\n");
          demand(rows[0].startsWith("\uFEFF") && rows.length > 1, `${link}, ${name}: the table is ${rows[0]}`);
        }
      }
    }
    return `${panels} panels`;
  });

  await check("pictures and charts are saved as PNG and SVG", async () => {
    const starts = { PNG: "\uFFFDPNG", SVG: "<svg" };
    for (const [link, panel] of [[`?view=around&id=${EU}`, "Network"], [`?view=trace&from=${EU}&to=japan`, "Connections"], ["?view=timeline", "Events per year"], ["?view=node&id=germany", "Its place in time"], ["?view=matrix", "Agreements by partner and theme"]]) {
      await page.goto(`${base}/${link}&lang=en`);
      if (/around|trace/.test(link)) await page.locator(".canvas canvas").first().waitFor();
      await settled(page);
      const tools = page.locator(".tools", { hasText: `– ${panel}` });
      await tools.locator("summary").click();
      for (const [kind, start] of Object.entries(starts)) {
        const bytes = await saved(page, tools.getByRole("button", { name: kind, exact: true }));
        demand(bytes.toString("utf8").startsWith(start), `${panel}: the ${kind} begins with ${bytes.subarray(0, 20)}`);
        demand(bytes.length > 1000, `${panel}: the ${kind} has ${bytes.length} bytes`);
        if (kind === "PNG") {
          const alpha = await page.evaluate(async (base64) => {
            const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))]));
            const pen = new OffscreenCanvas(1, 1).getContext("2d");
            pen.drawImage(picture, 0, 0);
            return pen.getImageData(0, 0, 1, 1).data[3];
          }, bytes.toString("base64"));
          demand(alpha === 255, `${panel}: the PNG stands on nothing`);
        }
        if (kind === "SVG") {
          const fault = await page.evaluate((text) => new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror")?.textContent, bytes.toString("utf8"));
          demand(!fault, `${panel}: the SVG is not well-formed: ${fault}`);
        }
      }
    }
  });

  await check("the query opens in GraphiQL with its variables", async () => {
    await page.goto(`${base}/?view=around&id=${EU}&asof=2025&lang=en`);
    await page.locator(".tools summary").first().click();
    await page.getByRole("link", { name: "Show the query" }).first().click();
    await page.waitForURL(/\/graphiql#/);
    await page.locator(".graphiql-query-editor .view-line", { hasText: "NeighbourhoodAsOf" }).first().waitFor();
    const values = () => page.evaluate(() => globalThis.__MONACO.editor.getEditors().map((editor) => editor.getValue()));
    await until(async () => (await values()).some((text) => /"asOf": ?"2025"/.test(text)), "the variables do not come along");
    const [response] = await Promise.all([
      page.waitForResponse((response) => response.request().postData()?.includes("NeighbourhoodAsOf") ?? false),
      page.locator(".graphiql-execute-button").click(),
    ]);
    const { data, errors } = await response.json();
    demand(data?.asOf.subgraph.nodes[0].id === EU && !errors, `it answers ${JSON.stringify(errors)}`);
  });

  await check("an unknown id leads to those nearest", async () => {
    await page.goto(`${base}/?view=around&id=germny&lang=en`);
    await page.getByRole("link", { name: "Germany" }).click();
    await page.getByRole("heading", { level: 1, name: "Germany" }).waitFor();
  });

  await check("a strange date is told, and the rest is shown", async () => {
    await page.goto(`${base}/?view=node&id=germany&asof=2024-13&lang=en`);
    await page.getByRole("alert").filter({ hasText: "is not a date" }).waitFor();
    await page.getByRole("heading", { level: 1, name: "Germany" }).waitFor();
  });

  await check("being offline is told, and what failed comes when one is back", async () => {
    await page.goto(`${base}/?lang=en`);
    await page.locator("#newest ~ ul li").first().waitFor();
    expect(/ERR_INTERNET_DISCONNECTED/);
    await context.setOffline(true);
    await page.getByText("You are offline").waitFor();
    await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Timeline" }).click();
    await page.getByRole("alert").filter({ hasText: "cannot be reached" }).first().waitFor();
    await context.setOffline(false);
    await page.getByText("You are offline").waitFor({ state: "detached" });
    await page.locator(".year").first().waitFor();
  });

  await check("while an answer is waited for, bars stand in its place", async () => {
    const letGo = await holdAnswers(page);
    await page.goto(`${base}/?view=node&id=germany&lang=en`);
    await page.locator(".skeleton").first().waitFor();
    await page.getByText("Loading …").first().waitFor({ state: "attached" });
    letGo();
    await page.locator("#cite ~ .citations li").first().waitFor();
  });
});

finish();

/** Types into a picker and takes what fits. */
async function pick(page, label, text, name) {
  await page.getByRole("combobox", { name: label }).fill(text);
  await (await option(page, name)).click();
}

/** What a button saves, as bytes. */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return readFile(await download.path());
}

/** All that is seen is said by the address: the same stands there after the page is loaded again. */
async function proveKept(page, selector) {
  const part = page.locator(selector).first();
  await settled(page);
  const before = await part.innerText();
  await page.reload();
  await part.waitFor();
  await until(async () => (await part.innerText()) === before, "loaded again, the page shows something else");
}

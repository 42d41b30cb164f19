// The explorer, as visitors use it: by link, by mouse and by keyboard, in both languages.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { browse, check, demand, finish, parameters, PHONE } from "./session.mjs";

const { base, screenshot } = parameters();
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const EU = "canada-eu-raw-materials-partnership";
const G7_PLAN = "g7-critical-minerals-action-plan";
/** Each view by a link, and what stands there once it has its answer. */
const VIEWS = {
  start: ["", "#newest ~ ul li"],
  search: ["?q=eu", ".results li"],
  "search-nothing": ["?q=xyzzyqwv", ".empty"],
  entry: [`?view=node&id=${EU}`, "#cite"],
  "entry-disputed": ["?view=node&id=canada-france-critical-minerals-dialogue", "#cite"],
  "entry-country": ["?view=node&id=germany", "#cite"],
  "entry-2022": [`?view=node&id=${EU}&asof=2022`, "#cite"],
  neighbourhood: [`?view=around&id=${EU}`, ".canvas canvas"],
  "neighbourhood-open": [`?view=around&id=${EU}&open=japan&hubs=allow&depth=2&sel=canada`, ".canvas canvas"],
  "neighbourhood-empty": ["?view=around", "h1"],
  trace: [`?view=trace&from=${EU}&to=${G7_PLAN}&hubs=allow`, ".canvas canvas"],
  "trace-none": [`?view=trace&from=${EU}&to=japan&max=2&avoid=canada`, ".empty .button"],
  "trace-empty": ["?view=trace", ".empty"],
  timeline: ["?view=timeline", ".year"],
  matrix: ["?view=matrix", "td.cell"],
  unknown: ["?view=node&id=canad", "h1 ~ ul li"],
  "unknown-view": ["?view=nothing", "h1"],
  "not-yet": ["?view=node&id=canada-germany-critical-minerals-jdoi&asof=2020", ".button"],
};

for (const [lang, locale] of [
  ["en", "en-CA"],
  ["fr", "fr-CA"],
]) {
  for (const [device, options] of [
    ["desktop", {}],
    ["phone", { viewport: PHONE, colorScheme: "dark" }],
  ]) {
    await browse(base, { ...options, locale }, async (page) => {
      await page.addInitScript({ path: axe });
      for (const [name, [link, ready]] of Object.entries(VIEWS)) {
        await check(`${name} opens by its link, in ${lang}, on a ${device}`, async () => {
          const response = await page.goto(`${base}/${link}${link === "" ? "?" : "&"}lang=${lang}`);
          demand(response.ok(), `it answers ${response.status()}`);
          await page.locator(ready).first().waitFor();
          demand((await page.locator("html").getAttribute("lang")) === lang, "the page is in another language");
          demand((await page.locator("h1").count()) === 1, "there is not one heading of the first order");
          demand((await page.getByRole("main").count()) === 1, "there is not one main landmark");
          demand(/.+ – Pactgraph$/.test(await page.title()), `the title is "${await page.title()}"`);
          const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
          demand(inner <= outer, `the page scrolls sideways: ${inner} over ${outer}`);
          await page.screenshot({ path: screenshot(`explorer-${name}-${lang}-${device}`) });
          await proveAccessible(page);
        });
      }
    });
  }
}

await browse(base, {}, async (page) => {
  const loaded = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await check("the first view is light, strict and without editor and pictures", async () => {
    const response = await page.goto(`${base}/`);
    await page.locator("#newest ~ ul li").first().waitFor();
    const policy = response.headers()["content-security-policy"];
    demand(policy?.includes("default-src 'none'") && !policy.includes("unsafe"), `the policy is ${policy}`);
    demand(!loaded.some((path) => /monaco|graphiql|worker|picture/.test(path)), `too much: ${loaded.join(" ")}`);
    const sizes = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter(({ initiatorType, name }) => initiatorType === "script" || name.endsWith(".js"))
        .map(({ encodedBodySize }) => encodedBodySize),
    );
    const total = sizes.reduce((sum, size) => sum + size, 0);
    demand(sizes.length > 0 && total < 250_000, `the scripts weigh ${total} bytes`);
    return `${Math.round(total / 1000)} kB of scripts`;
  });
});

// The goal is a second. How long it takes depends on what else the machine does, so it is told and not demanded.
await check("it gets ready on a slower device and line", async () => {
  let best = Infinity;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await browse(base, {}, async (page, context) => {
      const session = await context.newCDPSession(page);
      await session.send("Network.enable");
      await session.send("Network.emulateNetworkConditions", {
        offline: false,
        latency: 40,
        downloadThroughput: 10_000_000 / 8,
        uploadThroughput: 3_000_000 / 8,
      });
      await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
      await page.addInitScript(() => {
        new MutationObserver((_changes, observer) => {
          if (document.getElementById("q") === null) return;
          observer.disconnect();
          setTimeout(() => (window.readyAt = performance.now()));
        }).observe(document, { childList: true, subtree: true });
      });
      await page.goto(`${base}/`);
      await page.waitForFunction(() => window.readyAt);
      best = Math.min(best, await page.evaluate(() => window.readyAt));
    });
  }
  return `${Math.round(best)} ms`;
});

await browse(base, { permissions: ["clipboard-read", "clipboard-write"] }, async (page, context) => {
  const heading = (name) => page.getByRole("heading", { name }).first().waitFor();

  await check("by mouse: from a search to an entry and what builds on it", async () => {
    await page.goto(`${base}/`);
    await page.getByRole("searchbox").fill("canada eu");
    await page.locator(".results a", { hasText: "Canada–European Union Strategic Partnership" }).first().waitFor();
    demand((await page.locator(".results mark").count()) > 0, "what matched is not marked");
    demand(page.url().includes("q=canada+eu"), `the address does not follow: ${page.url()}`);
    await page.locator(".facets a", { hasText: "Agreements" }).click();
    await page.waitForURL(/kinds=AGREEMENT/);
    await page.locator(".results a", { hasText: "Canada–European Union Strategic Partnership" }).first().click();
    await heading("What builds on this");
    demand((await page.locator("#built-on ~ ul li").count()) >= 2, "what builds on it is not listed");
    demand(await page.evaluate(() => document.activeElement?.id === "main"), "the focus stays behind");
  });

  await check("by mouse: back and forward restore what was seen", async () => {
    await page.goBack();
    await page.locator(".results li").first().waitFor();
    demand((await page.getByRole("searchbox").inputValue()) === "canada eu", "the search is forgotten");
    await page.goForward();
    await heading("What builds on this");
  });

  await check("by mouse: as of 2022 nothing builds on it, and a link shows what does later", async () => {
    await page.getByRole("textbox", { name: "As of" }).fill("2022");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.getByText("Nothing builds on this as of 2022").waitFor();
    demand(page.url().includes("asof=2022"), "the address does not say the date");
    await page.getByRole("link", { name: /^Show \d/ }).click();
    await page.locator("#built-on ~ ul li").first().waitFor();
    demand(!page.url().includes("asof"), "the address keeps the date");
  });

  await check("by mouse: the neighbourhood is filtered, expanded and collapsed, and says what is hidden", async () => {
    await page.getByRole("link", { name: "See its neighbourhood" }).click();
    await page.locator(".canvas canvas").first().waitFor();
    const count = () => page.locator("#things ~ .table tbody tr").count();
    const before = await count();
    await page.getByRole("row", { name: /Japan|Canada–France/ }).first().getByRole("button", { name: "Expand" }).click();
    await page.waitForURL(/open=/);
    await page.getByRole("button", { name: "Collapse" }).waitFor();
    demand((await count()) >= before, "expanding hides entries");
    await page.getByRole("button", { name: "Collapse" }).click();
    await page.waitForURL((url) => !url.search.includes("open="));
    await page.locator(".kinds-filter summary").click();
    await page.getByLabel("Builds on").check();
    await page.waitForFunction((most) => document.querySelectorAll("#things ~ .table tbody tr").length < most, before);
    await page.getByText(/entries and .+ are shown\. Nothing is hidden\./).waitFor();
    await page.getByLabel("Walk through hubs").check();
    await page.waitForURL(/hubs=allow/);
  });

  await check("by mouse: a node of the picture is selected in the table too", async () => {
    await page.goto(`${base}/?view=around&id=${EU}&kinds=BUILDS_ON`);
    await page.locator(".canvas canvas").first().waitFor();
    await page.getByRole("button", { name: /^Select: Canada–France/ }).click();
    await page.locator("tr.is-selected", { hasText: "Canada–France" }).waitFor();
    await page.locator(".selected", { hasText: "Canada–France" }).waitFor();
    demand(page.url().includes("sel="), "the address does not say what is selected");
  });

  await check("by mouse: a path is traced, without Canada", async () => {
    await page.goto(`${base}/?view=trace`);
    await pick(page, "From", "raw materials partnership", "Canada–European Union Strategic Partnership");
    await pick(page, "To", "critical minerals action plan", "G7 Critical Minerals Action Plan");
    await page.locator("h2", { hasText: /path/ }).first().waitFor();
    await pick(page, "Leave out", "canada", "Canada");
    await page.waitForURL(/avoid=canada/);
    demand(!(await page.locator(".route a", { hasText: /^Canada$/ }).count()), "a path passes through Canada");
    await page.getByRole("combobox", { name: /^Hubs/ }).selectOption("ALLOW");
    await page.waitForURL(/hubs=allow/);
    await page.getByRole("button", { name: "Stop leaving out Canada" }).click();
    await page.waitForURL((url) => !url.search.includes("avoid"));
    await page.locator(".paths > li").first().waitFor();
    demand((await page.locator(".steps .sources").count()) > 0, "no step has a source");
    await page.getByText("This is all there is").waitFor();
  });

  await check("by mouse: a year of the timeline and a cell of the matrix lead behind them", async () => {
    await page.goto(`${base}/?view=timeline`);
    await page.locator(".chart a").last().click();
    await page.waitForURL(/from=\d{4}&to=\d{4}/);
    await page.waitForFunction(() => document.querySelectorAll(".year").length === 1);
    await page.goto(`${base}/?view=matrix`);
    await page.locator("td.cell a").first().click();
    await page.locator(".behind li a").first().waitFor();
    demand(/party=.+theme=/.test(page.url()), "the address does not say the cell");
  });

  await check("by keyboard: search, open, set a date and come back", async () => {
    await page.goto(`${base}/?lang=en`);
    await page.locator("#newest ~ ul li").first().waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    demand(await page.evaluate(() => location.hash === "#main"), "the first stop does not skip to the content");
    await tabTo(page, "#q");
    await page.keyboard.type("germany");
    await page.keyboard.press("Enter");
    await page.locator(".results a").first().waitFor();
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
    await page.locator("[role=option]").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/from=/);
    await tabTo(page, "input[role=combobox]");
    await page.keyboard.type("g7");
    await page.locator("[role=option]").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/to=/);
    await page.locator("h2.count").waitFor();
  });

  await check("by keyboard: the picture moves and the table expands", async () => {
    await page.goto(`${base}/?view=around&id=${EU}&lang=en`);
    await page.locator(".canvas canvas").first().waitFor();
    await page.locator(".canvas").focus();
    for (const key of ["ArrowLeft", "+", "-", "0"]) await page.keyboard.press(key);
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
    demand(/id=germany/.test(page.url()) && /asof=2024/.test(page.url()), "the place is lost");
  });

  await check("the data go elsewhere: copies, files and GraphiQL", async () => {
    await page.goto(`${base}/?view=around&id=${EU}&asof=2025&lang=en`);
    await page.locator(".canvas canvas").first().waitFor();
    await page.getByText("Use these data").click();
    for (const [language, mark] of [["curl", "curl 'http"], ["Python", "urlopen"], ["R", "httr2"], ["JavaScript", "await fetch"]]) {
      await page.getByRole("button", { name: language, exact: true }).click();
      await page.getByText(`Copied: ${language}`).waitFor();
      const text = await page.evaluate(() => navigator.clipboard.readText());
      demand(text.includes(mark) && text.includes("asOf") && text.includes(EU), `the copy for ${language} is ${text.slice(0, 80)}`);
    }
    const starts = { CSV: "\uFEFFfrom,kind,to", PNG: "\uFFFDPNG", SVG: "<svg" };
    for (const [kind, start] of Object.entries(starts)) {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: kind, exact: true }).click(),
      ]);
      const bytes = await readFile(await download.path());
      demand(bytes.toString("utf8").startsWith(start), `the ${kind} begins with ${bytes.subarray(0, 20)}`);
    }
    const link = await page.getByRole("link", { name: "Show the query" }).getAttribute("href");
    const fields = new URLSearchParams(link.split("#")[1]);
    const answer = await page.evaluate(
      async (body) => (await fetch("/graphql", { method: "POST", headers: { "Content-Type": "application/json" }, body })).json(),
      JSON.stringify({ query: fields.get("query"), variables: JSON.parse(fields.get("variables")) }),
    );
    demand(answer.data?.asOf && !answer.errors, `the query answers ${JSON.stringify(answer).slice(0, 200)}`);
  });

  await check("a chart is saved as a picture", async () => {
    await page.goto(`${base}/?view=timeline&lang=en`);
    await page.locator(".chart").waitFor();
    await page.getByText("Use these data").click();
    for (const kind of ["PNG", "SVG"]) {
      await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: kind, exact: true }).click()]);
    }
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

  await check("being offline is told", async () => {
    await context.setOffline(true);
    await page.getByText("You are offline").waitFor();
    await context.setOffline(false);
    await page.getByText("You are offline").waitFor({ state: "detached" });
  });
});

finish();

/** Types into a picker and takes what fits. */
async function pick(page, label, text, name) {
  await page.getByRole("combobox", { name: label }).fill(text);
  await page.locator("[role=option]", { hasText: name }).first().click();
}

/** Presses Tab until something that fits has the focus. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}

async function proveAccessible(page) {
  const violations = await page.evaluate(async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id} at ${nodes.slice(0, 3).map(({ target }) => target.join(" ")).join(", ")}`);
  });
  demand(violations.length === 0, `axe finds ${violations.join("; ")}`);
}

// Every view of the explorer by its link, in the language that is given: at the desk and on a phone, light and dark.
import { createRequire } from "node:module";

import { browse, check, demand, finish, holdAnswers, parameters, PHONE, settled, until } from "./session.mjs";

const { base, screenshot, more } = parameters();
const lang = more === "fr" ? "fr" : "en";
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const EU = "canada-eu-raw-materials-partnership";
const G7_PLAN = "g7-critical-minerals-action-plan";
/** Each view by a link, and what stands there once it has its answer. */
const VIEWS = {
  start: ["", "#newest ~ ul li"],
  search: ["?q=eu", ".results li"],
  "search-nothing": ["?q=xyzzyqwv", ".empty"],
  "search-kind": ["?kinds=FORUM", ".listing li"],
  entry: [`?view=node&id=${EU}`, "#cite ~ .citations li"],
  "entry-disputed": ["?view=node&id=canada-france-critical-minerals-dialogue&style=bibtex", "#cite ~ .citations li"],
  "entry-country": ["?view=node&id=germany", "#cite ~ .citations li"],
  "entry-2022": [`?view=node&id=${EU}&asof=2022`, "#built-on ~ .actions"],
  "entry-certain": [`?view=node&id=${EU}&asof=2022&certainty=certain`, "#built-on ~ .actions"],
  "entry-none": ["?view=node", "input[role=combobox]"],
  neighbourhood: [`?view=around&id=${EU}`, ".canvas canvas"],
  "neighbourhood-open": [`?view=around&id=${EU}&open=japan&hubs=allow&depth=2&sel=canada`, ".canvas canvas"],
  "neighbourhood-empty": ["?view=around", ".empty"],
  trace: [`?view=trace&from=${EU}&to=${G7_PLAN}&hubs=allow`, ".canvas canvas"],
  "trace-via": [`?view=trace&from=${EU}&to=japan&via=g7&avoid=canada&kinds=MEMBER_OF,PARTY_TO,PARTICIPATES_IN`, ".canvas canvas"],
  "trace-none": [`?view=trace&from=${EU}&to=japan&max=2&avoid=canada`, ".empty .button"],
  "trace-empty": ["?view=trace", ".empty"],
  timeline: ["?view=timeline", ".year"],
  "timeline-around": ["?view=timeline&id=germany", ".year"],
  matrix: ["?view=matrix", "td.cell"],
  "matrix-cell": ["?view=matrix&party=germany&theme=theme-research-innovation", ".behind li"],
  unknown: ["?view=node&id=canad", "h1 ~ ul li"],
  "unknown-view": ["?view=nothing", "h1"],
  "not-yet": ["?view=node&id=canada-germany-critical-minerals-jdoi&asof=2020", ".button"],
};

for (const [device, options, schemes] of [
  ["desktop", {}, ["dark", "light"]],
  ["phone", { viewport: PHONE }, ["light", "dark"]],
]) {
  await browse(base, { ...options, locale: `${lang}-CA` }, async (page) => {
    await page.addInitScript({ path: axe });
    for (const [name, [link, ready]] of Object.entries(VIEWS)) {
      await check(`${name} opens by its link, in ${lang}, on a ${device}`, async () => {
        const response = await page.goto(`${base}/${link}${link === "" ? "?" : "&"}lang=${lang}`);
        demand(response.ok(), `it answers ${response.status()}`);
        await page.locator(ready).first().waitFor();
        await settled(page);
        await until(async () => (await page.locator("html").getAttribute("lang")) === lang, "the page is in another language");
        await until(async () => (await page.locator("h1").count()) === 1, "there is not one heading of the first order");
        demand((await page.getByRole("main").count()) === 1, "there is not one main landmark");
        await until(async () => /.+ – Pactgraph$/.test(await page.title()), async () => `the title is "${await page.title()}"`);
        const widths = () => page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        const fits = async () => (([inner, outer]) => inner <= outer)(await widths());
        await until(fits, async () => `the page scrolls sideways: ${(await widths()).join(" over ")}`);
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme });
          await proveAccessible(page, colorScheme);
        }
        await page.screenshot({ path: screenshot(`explorer-${name}-${lang}-${device}`) });
      });
    }
  });
}

await browse(base, {}, async (page) => {
  await check("on paper are the content, its date and its address, and no controls", async () => {
    await page.emulateMedia({ media: "print" });
    await page.goto(`${base}/?view=trace&from=${EU}&to=japan&asof=2022&lang=${lang}`);
    await page.locator(".paths > li").first().waitFor();
    for (const gone of ["header nav", "#as-of", ".controls", ".tools", ".picture-tools"]) {
      await until(async () => !(await page.locator(gone).first().isVisible()), `${gone} is printed`);
    }
    await page.locator(".banner p", { hasText: "2022" }).waitFor();
    await until(() => page.locator("footer .only-print").isVisible(), "the address is not printed");
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await until(async () => (await page.locator(".paths details:not([open])").count()) === 0, "steps stay closed on paper");
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  });

  await check("who wants less motion gets none", async () => {
    await page.emulateMedia({ media: "screen", reducedMotion: "reduce" });
    const letGo = await holdAnswers(page);
    await page.goto(`${base}/?view=timeline&lang=${lang}`);
    const bar = page.locator(".skeleton .bar").first();
    await bar.waitFor();
    const animation = await bar.evaluate((element) => getComputedStyle(element).animationName);
    demand(animation === "none", `the skeleton is animated: ${animation}`);
    letGo();
    await page.locator(".year").first().waitFor();
  });
});

finish();

async function proveAccessible(page, scheme) {
  const violations = await page.evaluate(async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id} at ${nodes.slice(0, 3).map(({ target }) => target.join(" ")).join(", ")}`);
  });
  demand(violations.length === 0, `axe finds in ${scheme}: ${violations.join("; ")}`);
}

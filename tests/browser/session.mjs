// What the browser tests share: a browser that may talk to one host only, and a list of checks.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { chromium } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long a state is waited for, in milliseconds: so long that only what never comes is a fault. */
export const PATIENCE = 60_000;

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** Everything that went wrong so far, a sentence each. */
const faults = [];
/** What may be said in the console, since a check brings it about. */
const expected = [];

/** From here on, what fits the pattern is no fault. It may be said long after what brought it about. */
export function expect(pattern) {
  expected.push(pattern);
}

/** Runs one check and prints its line; what it throws is kept and the next one runs. */
export async function check(what, run) {
  try {
    const note = await run();
    console.log(`ok    ${what}${note ? ` (${note})` : ""}`);
  } catch (error) {
    const reason = String(error.message ?? error).split("\n")[0];
    faults.push(`${what}: ${reason}`);
    console.log(`FAIL  ${what}: ${reason}`);
  }
}

export function demand(condition, sentence) {
  if (!condition) throw new Error(sentence);
}

/** Waits until something holds that takes its time on a busy machine; a fault if it never does. */
export async function until(holds, sentence) {
  for (const end = Date.now() + PATIENCE; !(await holds()); ) {
    demand(Date.now() < end, typeof sentence === "string" ? sentence : await sentence());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until no part of the page waits for an answer. */
export function settled(page) {
  return page.waitForFunction(() => document.querySelector("[aria-busy=true], .skeleton") === null);
}

/** An option of the list that is open, once the list is that of what was typed. */
export async function option(page, name) {
  const list = page.locator("[role=listbox]:not([hidden]):not([aria-busy=true])");
  const wanted = list.getByRole("option", { name }).first();
  await wanted.waitFor();
  return wanted;
}

/** Keeps the page's questions back until the function that is returned is called; from then on they go their way. */
export async function holdAnswers(page) {
  let letGo;
  const gate = new Promise((resolve) => (letGo = resolve));
  await page.route("**/graphql", async (route) => {
    await gate;
    await route.fallback();
  });
  return letGo;
}

/** A fresh profile. Requests to other hosts are blocked and, like errors of the page, are faults. */
export async function browse(base, options, use) {
  const profile = await mkdtemp(path.join(tmpdir(), "pactgraph-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: FLAGS,
    viewport: DESKTOP,
    locale: "en-CA",
    timeout: 2 * PATIENCE,
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  const host = new URL(base).host;
  await context.route("**/*", (route) => {
    const address = new URL(route.request().url());
    if (address.host === host) return route.continue();
    faults.push(`request to another host: ${address}`);
    return route.abort();
  });
  await context.exposeBinding("reportViolation", (_source, violation) => faults.push(violation));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) =>
      window.reportViolation(`content security policy: ${event.violatedDirective} forbids ${event.blockedURI}`),
    );
  });
  const watch = (page) => {
    page.on("pageerror", (error) => faults.push(`error in the page: ${error.message}`));
    page.on("console", (message) => {
      const isExpected = expected.some((pattern) => pattern.test(message.text()));
      if (message.type() === "error" && !isExpected) faults.push(`error in the console: ${message.text()}`);
    });
  };
  context.pages().forEach(watch);
  context.on("page", watch);
  try {
    await use(context.pages()[0] ?? (await context.newPage()), context);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Presses Tab until what fits has the focus; it is said by a selector or by a locator. */
export async function tabTo(page, wanted) {
  const target = typeof wanted === "string" ? page.locator(wanted) : wanted;
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press("Tab");
    const focused = await target.evaluateAll((elements) => elements.includes(document.activeElement));
    if (focused) return;
  }
  throw new Error(`Tab does not lead to ${wanted}`);
}

/** Ends the run: every fault again, and a status that says whether there was one. */
export function finish() {
  for (const fault of new Set(faults)) console.error(`fault: ${fault}`);
  process.exit(faults.length === 0 ? 0 : 1);
}

/** The base address, the folder of the screenshots and what else is said, from the command line. */
export function parameters() {
  const [base, screenshots, more] = process.argv.slice(2);
  if (!base || !screenshots) {
    console.error(`usage: node ${path.basename(process.argv[1])} <base-url> <screenshot-dir>`);
    process.exit(2);
  }
  return { base: base.replace(/\/$/, ""), screenshot: (name) => path.join(screenshots, `${name}.png`), more };
}

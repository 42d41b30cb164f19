// A dashboard on another host, with one address that stays: what it has loaded once is not sent again.
import { createServer } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { chromium } from "playwright-core";

import { check, demand, finish, parameters, PATIENCE, until } from "./session.mjs";

const { base } = parameters();
const address = `${base}/q/agreements-newest-first?first=5`;

const page = `<!doctype html>
<meta charset="utf-8">
<title>Newest agreements</title>
<ul></ul>
<script>
  fetch(${JSON.stringify(address)}).then((response) => response.json()).then(({ data }) => {
    for (const { name } of data.agreements.nodes) document.querySelector("ul").append(Object.assign(document.createElement("li"), { textContent: name }));
  });
</script>`;

const dashboard = createServer((_request, response) => response.setHeader("content-type", "text/html").end(page));
await new Promise((listening) => dashboard.listen(0, "127.0.0.1", listening));
// Not by the session: requests it looks at are kept from the cache.
const profile = await mkdtemp(path.join(tmpdir(), "pactgraph-dashboard-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  locale: "en-CA",
  timeout: 2 * PATIENCE,
});
context.setDefaultTimeout(PATIENCE);
const tab = context.pages()[0] ?? (await context.newPage());
const network = await context.newCDPSession(tab);
await network.send("Network.enable");
// What is told of a request comes in no fixed order: it is put together at the end.
const [ours, ended, statuses] = [[], new Set(), new Map()];
network.on("Network.requestWillBeSent", ({ requestId, request }) => {
  if (request.url === address) ours.push(requestId);
});
network.on("Network.responseReceivedExtraInfo", ({ requestId, statusCode }) => statuses.set(requestId, statusCode));
network.on("Network.loadingFinished", ({ requestId }) => ended.add(requestId));

async function load(requests) {
  await tab.goto(`http://127.0.0.1:${dashboard.address().port}/`);
  await tab.locator("li").nth(4).waitFor();
  // What has not come to its end is not in the browser's cache.
  const done = () => ours.length === requests && ours.every((id) => ended.has(id) && statuses.has(id));
  await until(done, async () => `of ${requests} requests, ${ours.length} were sent and ${ended.size} ended`);
  return tab.locator("li").allTextContents();
}

await check("a dashboard gets 304 for its address on the second load, and shows the same", async () => {
  const [first, second] = [await load(1), await load(2)];
  demand(first.length === 5 && first.join() === second.join(), `it shows ${first} and then ${second}`);
  const answered = ours.map((id) => statuses.get(id));
  demand(answered.join() === "200,304", `the service answered ${answered}`);
  return answered.join(", then ");
});

await context.close();
await rm(profile, { recursive: true, force: true, maxRetries: 3 });
dashboard.close();
finish();

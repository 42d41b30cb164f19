// The programs that the explorer copies are run, and each prints the answer that the page shows.
import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { browse, check, demand, finish, parameters } from "./session.mjs";

const { base } = parameters();
const EU = "canada-eu-raw-materials-partnership";
/** Views that ask with dates, lists, nulls and accents. */
const LINKS = {
  neighbourhood: `?view=around&id=${EU}&asof=2025&kinds=BUILDS_ON,SIGNED&lang=fr`,
  search: `?q=${encodeURIComponent("énergie d'\"UE\" )---\" \\n")}&lang=en`,
};
const RUNNERS = {
  curl: { needs: "curl", program: "sh", arguments: [], file: "ask.sh" },
  Python: { needs: "python3", program: "python3", arguments: [], file: "ask.py" },
  R: { needs: "Rscript", program: "Rscript", arguments: [], file: "ask.R" },
  JavaScript: { needs: process.execPath, program: process.execPath, arguments: [], file: "ask.mjs" },
};

const folder = await mkdtemp(path.join(tmpdir(), "pactgraph-programs-"));
await browse(base, { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
  for (const [view, link] of Object.entries(LINKS)) {
    for (const [language, runner] of Object.entries(RUNNERS)) {
      await check(`the ${language} program of the ${view} runs`, async () => {
        if (spawnSync(runner.needs, ["--version"]).error) return `skipped: there is no ${runner.needs}`;
        await page.goto(`${base}/${link}`);
        await page.locator(".tools summary").first().click();
        await page.getByRole("button", { name: language, exact: true }).click();
        await page.locator(".toast", { hasText: language }).waitFor();
        const text = await page.evaluate(() => navigator.clipboard.readText());
        const file = path.join(folder, runner.file);
        await writeFile(file, text);
        const { status, stdout, stderr } = await run(runner.program, [...runner.arguments, file]);
        demand(status === 0, `it fails: ${stderr.slice(0, 300)}`);
        const wanted = view === "search" ? /totalCount/ : /Partenariat stratégique Canada-Union européenne/;
        demand(wanted.test(stdout), `it prints ${stdout.slice(0, 200)}`);
        demand(!/"errors"/.test(stdout), `the answer has errors: ${stdout.slice(0, 300)}`);
      });
    }
  }
});
await rm(folder, { recursive: true, force: true });
finish();

/** Runs a program to its end, while this one goes on. */
function run(program, given) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, given, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, LC_ALL: "C.UTF-8" } });
    const printed = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"]) child[stream].setEncoding("utf8").on("data", (text) => (printed[stream] += text));
    child.on("error", reject).on("close", (status) => resolve({ status, ...printed }));
  });
}

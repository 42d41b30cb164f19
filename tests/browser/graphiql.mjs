// GraphiQL, as a visitor uses it.
import { browse, check, demand, finish, parameters, PHONE, until } from "./session.mjs";

const { base, screenshot } = parameters();
const EDITOR = ".graphiql-query-editor .graphiql-editor";

await browse(base, {}, async (page, context) => {
  const workers = [];
  page.on("worker", (worker) => workers.push(worker.url()));

  await check("the page opens, with a language, a heading and a landmark", async () => {
    const response = await page.goto(`${base}/graphiql`);
    demand(response.ok(), `/graphiql answers ${response.status()}`);
    await page.locator(`${EDITOR} .view-line`).first().waitFor();
    await until(async () => (await page.title()) === "Pactgraph – GraphiQL", async () => `the title is "${await page.title()}"`);
    demand((await page.locator("html").getAttribute("lang")) === "en", "no language is stated");
    demand((await page.locator("h1").count()) === 1, "there is not one heading");
    demand((await page.getByRole("main").count()) === 1, "there is not one main landmark");
  });

  const tabs = page.locator(".graphiql-session-header [role=tab]");
  await check("the examples stand in tabs with names", async () => {
    await tabs.nth(5).waitFor();
    const untitled = async () => (await tabs.allInnerTexts()).filter((title) => title.includes("untitled"));
    await until(async () => (await untitled()).length === 0, "a tab has no name");
    const titles = await tabs.allInnerTexts();
    demand(titles.length >= 6, `only ${titles.length} tabs`);
    demand(new Set(titles).size === titles.length, `two tabs have one name: ${titles.join(", ")}`);
    return `${titles.length} tabs`;
  });

  await check("the first example runs", () => runTab(page, 0));
  await check("dashes and accents are not marked as mistakes", () =>
    until(
      () =>
        page.evaluate(() => {
          const { EditorOption, getEditors } = globalThis.__MONACO.editor;
          return getEditors().every((editor) => !editor.getOption(EditorOption.unicodeHighlighting).ambiguousCharacters);
        }),
      "an editor marks letters that look like others",
    ),
  );
  await page.screenshot({ path: screenshot("graphiql-desktop") });

  for (let index = 1; index < (await tabs.count()); index += 1) {
    const title = await tabs.nth(index).innerText();
    await check(`the example ${title} runs`, () => runTab(page, index));
  }

  await check("the documentation shows the root types", async () => {
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    const roots = page.locator(".graphiql-doc-explorer-root-type");
    await roots.first().waitFor();
    await until(async () => (await roots.allInnerTexts()).includes("query"), "there is no query type");
    await page.screenshot({ path: screenshot("graphiql-docs") });
    await page.getByRole("button", { name: "Hide Documentation Explorer" }).click();
  });

  await check("Tab leaves the editor, and a key brings indenting back", async () => {
    await enterEditor(page);
    const before = await editorText(page);
    await page.keyboard.press("Tab");
    await until(async () => !(await focusIsInText(page)), "the focus stays in the editor");
    demand((await editorText(page)) === before, "Tab wrote into the query");
    await page.keyboard.press("Shift+Tab");
    const hint = page.getByRole("button", { name: /Tab key/ });
    await until(async () => /leaves the editor/.test(await hint.innerText()), "no hint says what Tab does");
    await enterEditor(page);
    await page.keyboard.press("Control+m");
    await until(async () => /indents/.test(await hint.innerText()), "Ctrl+M does not switch");
    await page.keyboard.press("Control+m");
    await until(async () => /leaves the editor/.test(await hint.innerText()), "Ctrl+M does not switch back");
  });

  await check("completion and hover speak of the schema", async () => {
    const before = await editorText(page);
    await page.getByRole("button", { name: "New tab" }).click();
    await until(async () => (await editorText(page)) !== before, "no new tab opens");
    await page.locator(EDITOR).click();
    await until(() => focusIsInText(page), "a click does not open the editor");
    // Brackets are closed as one types, which would stand in the way of comparing texts.
    await page.keyboard.press("Control+a");
    await page.keyboard.type("{ canad");
    await until(async () => /^\{ canad/.test(await editorText(page)), "the text does not come to stand there");
    // What is asked before the schema has come finds nothing: it is asked again until there is something.
    const row = page.locator(".suggest-widget.visible .monaco-list-row.focused", { hasText: "canada" }).first();
    await again(() => page.keyboard.press("Control+Space"), row, () => page.keyboard.press("Escape"), "no completion");
    await page.screenshot({ path: screenshot("graphiql-completion") });
    await page.keyboard.press("Enter");
    await until(async () => /^\{ canada/.test(await editorText(page)), "Enter does not take the completion");
    await page.keyboard.type(" { name");
    await until(async () => /\{ name/.test(await editorText(page)), "the text does not come to stand there");
    await page.keyboard.press("Escape");
    const word = page.locator(`${EDITOR} .view-line span span`, { hasText: "canada" }).first();
    const card = page.locator(".monaco-hover:not(.hidden)", { hasText: "Query.canada" }).first();
    await again(() => word.hover(), card, () => page.mouse.move(1, 1), "no hover");
    // What a description says goes through the sanitizer: its text arrives, as text.
    await until(async () => /Canada/.test(await card.innerText()), "the hover has no description");
    await page.screenshot({ path: screenshot("graphiql-hover") });
  });

  await check("all three workers run, from our own origin", async () => {
    for (const kind of ["editor", "json", "graphql"]) {
      await until(() => workers.some((url) => url.startsWith(`${base}/assets/${kind}.worker`)), `no worker for ${kind}`);
    }
  });

  await check("the answer can be saved", async () => {
    await runTab(page, 0);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download the answer as JSON" }).click(),
    ]);
    demand(/\.json$/.test(download.suggestedFilename()), `it is called ${download.suggestedFilename()}`);
    return download.suggestedFilename();
  });

  await check("a shared link opens its query as the first tab of a new visitor", async () => {
    await page.getByRole("button", { name: /^Share/ }).click();
    await page.waitForFunction(() => location.hash.startsWith("#query="));
    const [address, text, title] = [page.url(), await editorText(page), await tabs.first().innerText()];
    await browse(base, {}, async (visitor) => {
      await visitor.goto(address);
      await visitor.locator(`${EDITOR} .view-line`).first().waitFor();
      await until(async () => (await editorText(visitor)) === text, "the query differs");
      const first = visitor.locator(".graphiql-session-header [role=tab]").first();
      await until(async () => (await first.innerText()) === title, "it is not the first tab");
      await runTab(visitor, 0);
    });
  });

  await check("a shared link opens for a returning visitor too", async () => {
    const again = await context.newPage();
    await again.goto(`${base}/graphiql#query=${encodeURIComponent("query Shared { canada { id } }")}`);
    await again.locator(`${EDITOR} .view-line`, { hasText: "Shared" }).waitFor();
    await again.close();
  });

  await check("the plain page and the schema are linked", async () => {
    for (const target of ["/query", "/schema.graphql"]) {
      await until(async () => (await page.locator(`a[href="${target}"]`).count()) === 1, `no link to ${target}`);
    }
  });
});

for (const [name, options] of [
  ["graphiql-phone", { viewport: PHONE }],
  ["graphiql-dark", { colorScheme: "dark" }],
]) {
  await browse(base, options, async (page) => {
    await check(`it works as ${name}`, async () => {
      await page.goto(`${base}/graphiql`);
      await page.locator(`${EDITOR} .view-line`).first().waitFor();
      await runTab(page, 0);
      const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      demand(inner <= outer, "the page scrolls sideways");
    });
    await page.screenshot({ path: screenshot(name) });
    await check(`the documentation opens as ${name}`, async () => {
      await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
      await page.getByRole("link", { name: "Query", exact: true }).click();
      await page.getByText("canada", { exact: true }).first().waitFor();
      await page.screenshot({ path: screenshot(`${name}-docs`) });
    });
  });
}

finish();

/** Opens a tab, presses Execute and waits for an answer with data and no errors. */
async function runTab(page, index) {
  const tab = page.locator(".graphiql-session-header [role=tab]").nth(index);
  await tab.click();
  await until(async () => (await tab.getAttribute("aria-selected")) === "true", "the tab does not open");
  const name = (await tab.innerText()).trim();
  await until(async () => (await editorText(page)).includes(name), `the editor does not show ${name}`);
  const [response] = await Promise.all([
    page.waitForResponse((response) => response.request().postData()?.includes(name) ?? false),
    page.locator(".graphiql-execute-button").click(),
  ]);
  const answer = await response.json();
  demand(!answer.errors, `errors: ${JSON.stringify(answer.errors)}`);
  demand(answer.data, "no data");
  await page.locator(".result-window .view-line", { hasText: '"data"' }).first().waitFor();
}

function editorText(page) {
  return page.evaluate(
    () => globalThis.__MONACO.editor.getEditors().map((editor) => editor.getValue())[0],
  );
}

/** Goes from the frame of the query into its text, as one does by keyboard. */
async function enterEditor(page) {
  await page.locator(EDITOR).focus();
  await page.keyboard.press("Enter");
  await until(() => focusIsInText(page), "Enter does not open the editor");
}

/** Whether the cursor stands in the query; its frame has the focus before. */
function focusIsInText(page) {
  return page.evaluate((frame) => Boolean(document.activeElement?.closest(`${frame} .monaco-editor`)), EDITOR);
}

/** Does something again and again, and takes it back in between, until what it leads to is there. */
async function again(act, sign, takeBack, sentence) {
  await until(async () => {
    await act();
    const came = await sign.waitFor({ timeout: 3_000 }).then(() => true, () => false);
    if (!came) await takeBack();
    return came;
  }, sentence);
}

// The task of a newcomer, in each language, by mouse and by keyboard: find the Canada–EU partnership, see what
// builds on it, trace it to Japan without Canada, see that as of 2022, and send a link that shows the same.
import { browse, check, finish, option, parameters, settled, tabTo, until } from "./session.mjs";

const { base, screenshot } = parameters();

const WORDS = {
  en: {
    locale: "en-CA",
    search: "partnership canada eu",
    partnership: "Canada–European Union Strategic Partnership on Raw Materials",
    trace: "How is this connected to …",
    to: "To",
    avoid: "Leave out",
    japan: "Japan",
    paths: /^\d+ paths$/,
    asOf: "Date",
    tools: "Share, cite, download – Connections",
    link: "Copy the link to this view",
    copied: "Copied: link",
  },
  fr: {
    locale: "fr-CA",
    search: "partenariat canada ue",
    partnership: "Partenariat stratégique Canada-Union européenne sur les matières premières",
    trace: "Trouver des liens",
    to: "À",
    avoid: "Sans passer par",
    japan: "Japon",
    paths: /^\d+ chemins$/,
    asOf: "Date",
    tools: "Partager, citer, télécharger – Liens",
    link: "Copier le lien vers cette vue",
    copied: "Copié : lien",
  },
};

/** What a hand does: each takes a locator. */
const HANDS = {
  mouse: {
    activate: (_page, target) => target.click(),
    async write(page, target, text) {
      await target.click();
      await page.keyboard.press("Control+a");
      await page.keyboard.type(text);
    },
    take: (_page, option) => option.click(),
  },
  keyboard: {
    async activate(page, target) {
      await tabTo(page, target);
      await page.keyboard.press("Enter");
    },
    async write(page, target, text) {
      await tabTo(page, target);
      await page.keyboard.press("Control+a");
      await page.keyboard.type(text);
    },
    async take(page) {
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
    },
  },
};

for (const [lang, words] of Object.entries(WORDS)) {
  for (const [name, hand] of Object.entries(HANDS)) {
    const options = { locale: words.locale, permissions: ["clipboard-read", "clipboard-write"] };
    await browse(base, options, async (page) => {
      await check(`a newcomer does the task by ${name}, in ${lang}`, async () => {
        await page.goto(`${base}/`);
        await page.locator("#newest ~ ul li").first().waitFor();
        await hand.write(page, page.getByRole("searchbox"), words.search);
        const result = page.getByRole("main").getByRole("link", { name: words.partnership, exact: true });
        // Answers to the first letters are shown too, and replaced while one moves on.
        await page.waitForURL((url) => url.searchParams.get("q") === words.search);
        await settled(page);
        await result.waitFor();
        await hand.activate(page, result);
        await page.getByRole("heading", { level: 1, name: words.partnership }).waitFor();
        const builders = page.locator("#built-on ~ ul li");
        await builders.first().waitFor();
        await until(async () => (await builders.count()) >= 2, async () => `${await builders.count()} build on it`);

        await hand.activate(page, page.getByRole("link", { name: words.trace }));
        await choose(page, hand, words.to, words.japan);
        await page.waitForURL(/to=japan/);
        await choose(page, hand, words.avoid, "Canada");
        await page.waitForURL(/avoid=canada/);
        await page.getByRole("heading", { name: words.paths }).waitFor();
        await until(async () => !(await page.locator(".route a", { hasText: /^Canada$/ }).count()), "a path passes through Canada");

        await hand.write(page, page.getByRole("textbox", { name: words.asOf, exact: true }), "2022");
        await page.keyboard.press("Enter");
        await page.waitForURL(/asof=2022/);
        await settled(page);
        await page.getByRole("heading", { name: words.paths }).waitFor();

        await hand.activate(page, page.locator("summary", { hasText: words.tools }));
        await hand.activate(page, page.getByRole("button", { name: words.link }));
        await page.getByText(words.copied).waitFor();
        const link = await page.evaluate(() => navigator.clipboard.readText());
        const seen = await contentOf(page);
        await page.screenshot({ path: screenshot(`task-${lang}-${name}`) });
        await browse(base, { locale: words.locale }, async (visitor) => {
          await visitor.goto(link);
          await visitor.getByRole("heading", { name: words.paths }).waitFor();
          await until(async () => (await contentOf(visitor)) === seen, "the link shows something else");
        });
      });
    });
  }
}

finish();

async function choose(page, hand, label, name) {
  await hand.write(page, page.getByRole("combobox", { name: label, exact: true }), name);
  await hand.take(page, await option(page, name));
}

/** The paths as text, and the title. */
function contentOf(page) {
  return page.evaluate(() => [document.title, document.querySelector(".paths").textContent].join("\n"));
}

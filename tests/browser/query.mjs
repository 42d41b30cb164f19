// The plain page, as a visitor without JavaScript sees it.
import { browse, check, finish, parameters, PHONE, until } from "./session.mjs";

const { base, screenshot } = parameters();

await browse(base, { javaScriptEnabled: false }, async (page) => {
  await check("the plain page answers a typed query without JavaScript", async () => {
    await page.goto(`${base}/query`);
    await page.locator("textarea").first().fill("{ proof: canada { name } }");
    await page.getByRole("button", { name: /run/i }).click();
    // Without what was typed, which stands there before the answer does.
    const shown = () =>
      page.evaluate(() => {
        const body = document.body.cloneNode(true);
        for (const input of body.querySelectorAll("textarea, script, style")) input.remove();
        return body.textContent;
      });
    await until(async () => /proof[^]*Canada/.test(await shown().catch(() => "")), "the answer does not show");
  });
  await page.screenshot({ path: screenshot("query-desktop"), fullPage: true });
  await page.setViewportSize(PHONE);
  await page.screenshot({ path: screenshot("query-phone"), fullPage: true });
});

finish();

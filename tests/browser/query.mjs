// The plain page, as a visitor without JavaScript sees it.
import { browse, check, demand, finish, parameters, PHONE } from "./session.mjs";

const { base, screenshot } = parameters();

await browse(base, { javaScriptEnabled: false }, async (page) => {
  await check("the plain page answers a typed query without JavaScript", async () => {
    await page.goto(`${base}/query`);
    await page.locator("textarea").first().fill("{ proof: canada { name } }");
    await page.getByRole("button", { name: /run/i }).click();
    await page.waitForLoadState();
    const shown = await page.evaluate(() => {
      const body = document.body.cloneNode(true);
      for (const input of body.querySelectorAll("textarea, script, style")) input.remove();
      return body.textContent;
    });
    demand(/proof/.test(shown) && /Canada/.test(shown), "the answer does not show");
  });
  await page.screenshot({ path: screenshot("query-desktop"), fullPage: true });
  await page.setViewportSize(PHONE);
  await page.screenshot({ path: screenshot("query-phone"), fullPage: true });
});

finish();

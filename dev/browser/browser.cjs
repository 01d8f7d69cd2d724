"use strict";
// A headless Chromium, and pages opened in it by file:// addresses.

const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

const DESKTOP = { width: 1360, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Starts Chromium: the program that MEANFIELD_CHROMIUM names, or Debian's. */
function start() {
  const executablePath = process.env.MEANFIELD_CHROMIUM || "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"] });
}

/** Opens a file; returns the page with what it wrote to the console and which addresses it asked for. */
async function open(browser, file, options) {
  const context = await browser.newContext({ viewport: DESKTOP, colorScheme: "light", deviceScaleFactor: 1, ...options });
  const page = await context.newPage();
  const problems = [];
  const requests = [];
  page.on("console", message => { if (["error", "warning"].includes(message.type())) problems.push(message.text()); });
  page.on("pageerror", error => problems.push(String(error)));
  page.on("dialog", dialog => { problems.push("dialog: " + dialog.message()); dialog.dismiss(); });
  page.on("request", request => requests.push(request.url().slice(0, 200)));
  await page.goto(pathToFileURL(file).href);
  return { context, page, problems, requests };
}

module.exports = { DESKTOP, PHONE, start, open };

"use strict";
// node read.cjs RUN/report.html…     prints what the page of each run shows, as JSON with one entry for each run

const path = require("node:path");
const { PHONE, start, open } = require("./browser.cjs");
const { contents, charts, scrolling, accessibility } = require("./findings.cjs");

async function read(browser, file) {
  const { context, page, problems, requests } = await open(browser, file);
  await page.setViewportSize({ width: 1280, height: 800 });
  const wide = await page.evaluate(scrolling);
  const found = { title: await page.title(), tables: await page.evaluate(contents), charts: await page.evaluate(charts) };
  const light = await accessibility(page);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await accessibility(page);
  await page.setViewportSize(PHONE);
  // Charts follow the new width in a later frame; a page that never fits is found by its width.
  await page.waitForFunction(most => document.documentElement.scrollWidth <= most, PHONE.width, { timeout: 10000 }).catch(() => {});
  const phone = await page.evaluate(() => document.documentElement.scrollWidth);
  await context.close();
  return { ...found, accessibility: { light, dark }, wide, phone, problems, requests };
}

async function main(files) {
  const browser = await start();
  const report = {};
  try {
    for (const file of files) report[path.basename(path.dirname(file))] = await read(browser, file);
  } finally {
    await browser.close(); // node does not end before
  }
  console.log(JSON.stringify(report));
}

main(process.argv.slice(2)).catch(failure => {
  console.error(failure.stack);
  process.exitCode = 1;
});

"use strict";
// node check.cjs PAGE.html…     opens each page as a reader does and prints what it found, as JSON with one entry for each page

const path = require("node:path");
const { PHONE, start, open } = require("./browser.cjs");
const { contents, charts, accessibility } = require("./findings.cjs");

// The functions below run in the page.

function looks() {
  const style = getComputedStyle(document.body);
  const pixels = [...document.querySelectorAll(".plot canvas")].map(canvas => canvas.toDataURL());
  return { background: style.backgroundColor, text: style.color, pixels: pixels.join("") };
}

function focused() {
  const element = document.activeElement;
  return [element.tagName.toLowerCase(), element.className, element.textContent.trim().slice(0, 40)].filter(part => part).join(" ");
}

/** Counts how many tables are open and which color text has: what printing changes for a moment. */
function state() {
  const color = getComputedStyle(document.documentElement).getPropertyValue("--text").trim();
  return { open: document.querySelectorAll("details[open]").length, color };
}

function recordPrint() {
  addEventListener("beforeprint", () => {
    window.printed = {
      open: document.querySelectorAll("details:not([open])").length === 0,
      text: getComputedStyle(document.documentElement).getPropertyValue("--text").trim(),
      axis: [...document.querySelectorAll(".plot")].map(plot => echarts.getInstanceByDom(plot).getOption().textStyle.color)[0] ?? "",
    };
  });
}

async function hover(page) {
  const plot = page.locator(".plot").first();
  if (await plot.count() === 0) return "";
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.move(box.x + box.width / 2 + 3, box.y + box.height / 2);
  const tooltip = plot.locator(".tooltip");
  await tooltip.waitFor({ state: "visible", timeout: 5000 });
  return tooltip.innerText();
}

async function keyboard(page) {
  const order = [];
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(focused);
    if (name.startsWith("body")) break;
    order.push(name);
    if (name.startsWith("summary")) {
      await page.keyboard.press("Enter");
      order.push(await page.evaluate(() => (document.activeElement.parentElement.open ? "opened" : "closed")));
      break;
    }
  }
  return order;
}

async function skip(page) {
  await page.evaluate(() => { document.activeElement.blur(); });
  await page.locator(".skip").focus();
  const visible = await page.locator(".skip").evaluate(link => link.getBoundingClientRect().top >= 0);
  await page.keyboard.press("Enter");
  return { visible, focus: await page.evaluate(() => document.activeElement.id) };
}

async function desktop(browser, file) {
  const { context, page, problems, requests } = await open(browser, file);
  const found = {
    title: await page.title(), tables: await page.evaluate(contents), charts: await page.evaluate(charts),
    elements: await page.evaluate(() => ({ scripts: document.scripts.length, images: document.images.length, hacked: window.hacked === true })),
    accessibility: await accessibility(page), light: await page.evaluate(looks), keyboard: await keyboard(page), skip: await skip(page),
    tooltip: await hover(page),
  };
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = { dark: await page.evaluate(looks), darkAccessibility: await accessibility(page) };
  await page.evaluate(recordPrint);
  const before = await page.evaluate(state);
  const pdf = await page.pdf({ format: "A4", printBackground: true });
  const print = { start: pdf.subarray(0, 4).toString("latin1"), bytes: pdf.length, ...await page.evaluate(() => window.printed), before };
  print.after = await page.evaluate(state);
  await context.close();
  return { ...found, ...dark, print, problems, requests };
}

async function phone(browser, file) {
  const { context, page, problems } = await open(browser, file, { viewport: PHONE, isMobile: true, hasTouch: true });
  const found = await page.evaluate(() => ({ width: document.documentElement.scrollWidth, charts: [...document.querySelectorAll(".plot canvas")].map(each => each.clientWidth) }));
  await context.close();
  return { ...found, problems };
}

async function withoutScript(browser, file) {
  const { context, page } = await open(browser, file, { javaScriptEnabled: false });
  const text = await page.locator("main").innerText();
  await context.close();
  return text;
}

async function main(files) {
  const browser = await start();
  const report = {};
  try {
    for (const file of files) {
      report[path.basename(file)] = {
        ...await desktop(browser, file), phone: await phone(browser, file), withoutScript: await withoutScript(browser, file),
      };
    }
  } finally {
    await browser.close(); // node does not end before
  }
  console.log(JSON.stringify(report));
}

main(process.argv.slice(2)).catch(failure => {
  console.error(failure.stack);
  process.exitCode = 1;
});

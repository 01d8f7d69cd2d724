"use strict";
// node screenshots.cjs FOLDER PAGE.html…     writes PNG images and a PDF of each page

const path = require("node:path");
const { DESKTOP, PHONE, start, open } = require("./browser.cjs");

async function main(folder, files) {
  const browser = await start();
  try {
    for (const file of files) await shoot(browser, folder, file);
  } finally {
    await browser.close(); // node does not end before
  }
}

async function shoot(browser, folder, file) {
  const name = path.join(folder, path.basename(file, ".html"));
  for (const colorScheme of ["light", "dark"]) {
    for (const [device, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
      const { context, page } = await open(browser, file, { colorScheme, viewport, deviceScaleFactor: device === "phone" ? 2 : 1 });
      await page.screenshot({ path: `${name}-${colorScheme}-${device}.png`, fullPage: true });
      await context.close();
    }
  }
  const { context, page } = await open(browser, file, { colorScheme: "dark" });
  await page.pdf({ path: name + ".pdf", format: "A4", printBackground: true, margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" } });
  await context.close();
}

main(process.argv[2], process.argv.slice(3)).catch(failure => {
  console.error(String(failure));
  process.exitCode = 1;
});

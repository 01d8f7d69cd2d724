"use strict";
// node images.cjs PAGES IMAGES [NAME…]     writes the pictures of docs/images, PNG files with a palette of 256 colors

const fs = require("node:fs");
const path = require("node:path");
const UPNG = require("upng-js");
const { start, open } = require("./browser.cjs");

const COLORS = 256;
const MOST_BYTES = 150_000;
const VIEWPORT = { width: 1200, height: 1180 };
// Of each page the section at which the picture begins.
const PICTURES = [
  { page: "mnist", name: "train", section: "learning" },
  { page: "mnist-test", name: "evaluate", section: "classes" },
  { page: "churn-test", name: "probabilities", section: "probabilities" },
  { page: "dqn", name: "play", section: "learning" },
];

/** Writes a screenshot with fewer colors; fails if the file is large. */
function write(file, png) {
  const image = UPNG.decode(png);
  const small = Buffer.from(UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, COLORS));
  if (small.length > MOST_BYTES) throw new Error(`${file} would have ${small.length} bytes, expected at most ${MOST_BYTES}; lower the height`);
  fs.writeFileSync(file, small);
  console.log(`${file}  ${image.width} x ${image.height}  ${small.length} bytes`);
}

async function shoot(browser, picture, pages, images) {
  for (const colorScheme of ["light", "dark"]) {
    const { context, page } = await open(browser, path.join(pages, picture.page + ".html"), { viewport: VIEWPORT, colorScheme });
    if (picture.section) await page.locator("#" + picture.section).evaluate(section => section.scrollIntoView({ behavior: "instant" }));
    write(path.join(images, `${picture.name}-${colorScheme}-desktop.png`), await page.screenshot());
    await context.close();
  }
}

async function main(pages, images, names) {
  const browser = await start();
  try {
    for (const picture of PICTURES.filter(each => names.length === 0 || names.includes(each.name))) await shoot(browser, picture, pages, images);
  } finally {
    await browser.close(); // node does not end before
  }
}

main(process.argv[2], process.argv[3], process.argv.slice(4)).catch(failure => {
  console.error(String(failure));
  process.exitCode = 1;
});

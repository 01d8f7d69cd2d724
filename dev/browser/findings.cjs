"use strict";
// What the checks of a page look at.

const fs = require("node:fs");

const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Runs in the page: returns its tables, with the exact numbers behind those of charts. */
function contents() {
  const value = cell => cell.querySelector("data")?.value ?? cell.textContent;
  return [...document.querySelectorAll("table")].map(table => ({
    caption: table.caption.textContent,
    columns: [...table.tHead.rows].flatMap(row => [...row.cells]).map(cell => cell.textContent),
    rows: [...table.tBodies[0].rows].map(row => [...row.cells].map(value)),
  }));
}

/** Runs in the page: describes how each chart is drawn: what ECharts was given, and how many pixels differ from the background. */
function charts() {
  return [...document.querySelectorAll(".plot")].map(plot => {
    const canvas = plot.querySelector("canvas");
    const pixels = new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    const colors = new Set(pixels);
    const series = echarts.getInstanceByDom(plot).getOption().series;
    return {
      caption: plot.closest("figure").querySelector("figcaption").textContent, label: plot.getAttribute("aria-label"), pixels: pixels.filter(pixel => pixel !== pixels[0]).length, colors: colors.size,
      series: series.map(each => ({ name: each.name, data: each.data })),
    };
  });
}

/** Runs in the page: returns the captions of the tables that do not fit into their box. */
function scrolling() {
  return [...document.querySelectorAll(".scroll")].filter(box => box.scrollWidth > box.clientWidth).map(box => box.getAttribute("aria-label"));
}

const serious = results => results.violations.filter(each => ["serious", "critical"].includes(each.impact))
  .map(each => `${each.id}: ${each.nodes.map(node => node.target + " " + (node.any[0]?.message ?? "")).slice(0, 3).join(" | ")}`);

async function accessibility(page) {
  await page.evaluate(AXE);
  return serious(await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] })));
}

module.exports = { contents, charts, scrolling, accessibility };

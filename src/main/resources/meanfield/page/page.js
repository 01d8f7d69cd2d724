"use strict";
// Draws the charts, and draws them again if the colors or the width change or the page is printed.

const PAPER_WIDTH = 660; // pixels of a portrait page's text
const BAR = 15; // pixels of a horizontal bar
const BAR_GAP = 12; // pixels between the bars of two categories

const charts = [...document.querySelectorAll(".plot")].map(plot => {
  const record = JSON.parse(plot.dataset.chart);
  plot.setAttribute("aria-label", summary(record));
  plot.closest("figure").querySelector("details").append(numbersTable(record));
  return { plot, record, drawing: echarts.init(plot, null, { renderer: "canvas", useDirtyRect: false }) };
});

function heightOfBars(record) {
  const bars = record.kind === "STACKED_BARS" ? 1.5 : Math.max(1.5, record.series.length);
  return Math.max(200, 100 + record.categories.length * (bars * BAR + BAR_GAP));
}

function draw(chart, width) {
  const options = KINDS[chart.record.kind](colors(), chart.record, width);
  chart.plot.style.height = options.yAxis.type === "category" ? heightOfBars(chart.record) + "px" : "";
  chart.drawing.setOption(options, true);
  chart.drawing.resize({ width });
  chart.drawing.getZr().flush();
}

const drawAll = () => charts.forEach(chart => draw(chart, chart.plot.clientWidth));

const widths = new ResizeObserver(entries => entries.forEach(entry => {
  const chart = charts.find(each => each.plot === entry.target);
  const width = entry.target.clientWidth;
  if (width > 0 && width !== chart.drawing.getWidth()) draw(chart, width);
}));

let closed = []; // tables that were closed before printing

function beginPrint() {
  if (document.documentElement.dataset.print) return;
  document.documentElement.dataset.print = "true";
  closed = [...document.querySelectorAll("details:not([open])")];
  closed.forEach(each => { each.open = true; });
  charts.forEach(chart => draw(chart, PAPER_WIDTH));
}

function endPrint() {
  delete document.documentElement.dataset.print;
  closed.forEach(each => { each.open = false; });
  closed = [];
  drawAll();
}

const LEVELS = 9; // of the colors of a heat map
const NARROW = 6; // columns that fit beside another block
const SHORT_NAME = 4; // letters that fit above a cell

/** Colors the cells of a confusion matrix. The square root shows the few errors beside the many right answers. */
function color(figure) {
  const rows = [...figure.querySelectorAll("tbody tr")].map(row => [...row.querySelectorAll("td")]);
  const count = cell => Number(cell.textContent.replaceAll(",", ""));
  const largest = rows.flat().map(count).reduce((a, b) => Math.max(a, b), 1);
  rows.forEach((row, actual) => row.forEach((cell, predicted) => {
    cell.className = "l" + Math.ceil(LEVELS * Math.sqrt(count(cell) / largest)) + (actual === predicted ? " same" : "");
  }));
  figure.classList.toggle("many", rows.length > NARROW);
  const names = [...figure.querySelectorAll(".col")];
  figure.querySelector("table").classList.toggle("upright", names.some(name => name.textContent.length > SHORT_NAME));
}

/** Marks the section that the reader sees in the navigation. */
function followReader() {
  const links = new Map([...document.querySelectorAll("nav a")].map(link => [link.hash.slice(1), link]));
  const visible = new Set();
  const observer = new IntersectionObserver(entries => {
    entries.forEach(entry => (entry.isIntersecting ? visible.add(entry.target.id) : visible.delete(entry.target.id)));
    const current = [...links.keys()].find(id => visible.has(id));
    links.forEach((link, id) => (id === current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  }, { rootMargin: "-10% 0px -55% 0px" });
  links.forEach((link, id) => observer.observe(document.getElementById(id)));
}

document.querySelectorAll(".heat-map").forEach(color);
drawAll();
charts.forEach(chart => widths.observe(chart.plot));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
addEventListener("beforeprint", beginPrint);
addEventListener("afterprint", endPrint);
followReader();

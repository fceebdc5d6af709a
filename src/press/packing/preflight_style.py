"""How preflight.html looks: one sheet of style, for light and for dark surroundings."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark;
  --paper: #f6f5f1; --sheet: #ffffff; --ink: #1c1b19; --soft: #6b675f; --line: #dedad1;
  --fault: #b3261e; --fault-soft: #fbe9e7; --look: #8a5a00; --look-soft: #fdf1d8;
  --fine: #2f6b3a; --fine-soft: #e5f1e6; --idle: #8f8a80; --idle-soft: #eeebe4;
  --c: #0091c7; --m: #c4126f; --y: #d8b400; --k: #34322f }
@media (prefers-color-scheme: dark) { :root {
  --paper: #171614; --sheet: #211f1c; --ink: #ece8e0; --soft: #a39d92; --line: #39362f;
  --fault: #ff8a80; --fault-soft: #40211e; --look: #f0bd5c; --look-soft: #3b2f16;
  --fine: #8fcf9a; --fine-soft: #1f3324; --idle: #8f8a80; --idle-soft: #2b2925;
  --c: #3db8e6; --m: #ee5aa6; --y: #e7cd3e; --k: #b9b4aa } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif;
  font-variant-numeric: tabular-nums }
main { max-width: 1180px; margin: 0 auto; padding: 40px 28px 80px }
h1 { font: 600 34px/1.15 Georgia, "Source Serif 4", serif; margin: 0 }
h2 { font: 600 21px/1.25 Georgia, "Source Serif 4", serif; margin: 44px 0 14px }
a { color: inherit }
.head { display: flex; gap: 24px; align-items: flex-end; flex-wrap: wrap;
  border-bottom: 3px double var(--line); padding-bottom: 18px }
.head p { margin: 4px 0 0; color: var(--soft) }
.verdict { margin-left: auto; padding: 8px 16px; border-radius: 999px; font-weight: 600 }
.failed, .error { color: var(--fault) } .warned, .warning { color: var(--look) }
.passed { color: var(--fine) } .not-run, .note { color: var(--idle) }
.verdict.failed { background: var(--fault-soft) }
.verdict.warned { background: var(--look-soft) }
.verdict.passed { background: var(--fine-soft) }
.tag { display: inline-block; padding: 0 8px; border-radius: 4px; font-size: 12px;
  line-height: 20px; background: var(--look-soft); color: var(--look); font-weight: 600 }
dl.facts { display: grid; gap: 16px 32px; margin: 22px 0 0;
  grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)) }
dt { color: var(--soft); font-size: 13px } dd { margin: 0; overflow-wrap: anywhere }
.strip { display: flex; align-items: flex-end; gap: 4px; background: var(--sheet);
  border: 1px solid var(--line); border-radius: 10px; padding: 18px 18px 10px;
  overflow-x: auto; width: fit-content; max-width: 100% }
.strip a { flex: 1 0 16px; min-width: 16px; width: 34px; max-width: 46px; text-align: center; font-size: 11px;
  color: var(--soft); text-decoration: none }
.strip .well { display: block; position: relative; height: 92px }
.strip .bar { position: absolute; left: 0; right: 0; bottom: 0; background: var(--idle);
  border-radius: 3px 3px 0 0; opacity: .75 }
.strip .limit { position: absolute; left: -4px; right: -4px;
  border-top: 1px dashed var(--ink); z-index: 1 }
.strip .has-error .bar { background: var(--fault); opacity: 1 }
.strip .has-warning .bar { background: var(--look); opacity: 1 }
.strip a:hover { color: var(--ink) }
.quiet { color: var(--soft); font-size: 13px; margin: 8px 0 0 }
details { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px }
summary { padding: 12px 18px; cursor: pointer; font-weight: 600 }
ul.checks { list-style: none; margin: 0; padding: 4px 18px 16px; columns: 3 300px;
  column-gap: 28px }
ul.checks li { display: grid; grid-template-columns: 14px 26px 1fr; gap: 6px;
  padding: 4px 0; break-inside: avoid; font-size: 13px; line-height: 1.4 }
ul.checks .number { color: var(--soft); text-align: right }
ul.checks b { display: block; font-weight: 600; color: var(--ink) }
ul.checks small { color: var(--soft); font-size: 12px }
.dot { width: 10px; height: 10px; margin-top: 5px; border-radius: 50%;
  background: currentColor }
.dot.not-run { background: none; border: 1.5px solid currentColor }
.page { display: grid; gap: 26px; grid-template-columns: 250px 250px minmax(0, 1fr);
  background: var(--sheet); border: 1px solid var(--line); border-radius: 10px;
  padding: 22px; margin: 0 0 18px; break-inside: avoid; scroll-margin-top: 12px }
.page > header { grid-column: 1 / -1; display: flex; gap: 12px; align-items: baseline;
  margin-bottom: -12px }
.page h3 { font: 600 18px/1.2 Georgia, "Source Serif 4", serif; margin: 0 }
.page header span { color: var(--soft); font-size: 13px }
figure { margin: 0 } figcaption { color: var(--soft); font-size: 12px; margin-top: 6px }
figure svg { display: block; width: 100%; height: auto; overflow: visible;
  background: #e9e6df; border-radius: 2px; box-shadow: 0 1px 4px #0003 }
.fault { fill: #b3261e26; stroke: #b3261e } .fault-badge { fill: #b3261e }
.look { fill: #b9770026; stroke: #b97700 } .look-badge { fill: #a86c00 }
.fault, .look { stroke-width: 1.6; vector-effect: none }
.badge-text { fill: #fff; font: 700 9.5px system-ui, sans-serif; text-anchor: middle }
.guide { fill: none; stroke: #2a7fa8; stroke-width: .8; stroke-dasharray: 4 3;
  opacity: .75 }
.most { fill: none; stroke: #111; stroke-width: 1.4 }
.most-halo { fill: none; stroke: #fff; stroke-width: 3.2 }
table { border-collapse: collapse; width: 100%; font-size: 13px }
td { padding: 3px 0; vertical-align: middle; border-bottom: 1px solid var(--line) }
td:last-child { text-align: right; white-space: nowrap; padding-left: 10px }
tr.inks td { border: 0; padding: 2px 0 }
tr.inks td.wide { width: 100%; padding: 2px 12px }
table + table { margin-top: 10px }
.rail { display: block; height: 8px; border-radius: 4px; background: var(--idle-soft);
  overflow: hidden }
.rail i { display: block; height: 100%; border-radius: 4px }
ol.found { list-style: none; margin: 14px 0 0; padding: 0; font-size: 14px }
ol.found li { display: grid; grid-template-columns: 26px 1fr; gap: 8px; padding: 8px 0;
  border-top: 1px solid var(--line) }
.mark { width: 20px; height: 20px; border-radius: 50%; color: #fff; font-size: 11px;
  font-weight: 700; line-height: 20px; text-align: center; margin-top: 1px }
.mark.error { background: #b3261e } .mark.warning { background: #a86c00 }
.mark.note { background: #77736a }
ol.found p { margin: 0 } ol.found .hint { color: var(--soft); font-size: 13px }
code { font: 12px ui-monospace, "Source Code Pro", monospace; color: var(--soft) }
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px;
  padding: 6px 22px 12px }
.card ol.found { margin: 0 } .card ol.found li:first-child { border: 0 }
.scale { display: flex; gap: 10px; align-items: center; font-size: 12px;
  color: var(--soft); margin: 0 0 14px }
.scale i { width: 220px; height: 10px; border-radius: 5px; border: 1px solid var(--line);
  background: linear-gradient(90deg, #fff, #deebf7 2%, #9ecae1 21%, #4292c6 42%,
  #785eb0 58%, #f08c28 71%, #d7191c 83%, #6e0014) }
@media (max-width: 900px) { .page { grid-template-columns: 1fr 1fr }
  .page .words { grid-column: 1 / -1 } }
@media (max-width: 520px) { main { padding: 22px 14px } .page { padding: 14px } }
@media print { body { background: none } main { max-width: none; padding: 0 }
  details { display: none } .page { box-shadow: none } }
"""

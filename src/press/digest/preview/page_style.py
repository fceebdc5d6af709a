"""How preview.html looks: one sheet of style, for light and for dark surroundings."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark;
  --paper: #f6f5f1; --sheet: #ffffff; --ink: #1c1b19; --soft: #6b675f; --line: #dedad1;
  --fault: #b3261e; --fault-soft: #fbe9e7; --look: #8a5a00; --look-soft: #fdf1d8;
  --fine: #2f6b3a; --fine-soft: #e5f1e6; --chosen: #1c1b19; --on-chosen: #ffffff }
@media (prefers-color-scheme: dark) { :root {
  --paper: #171614; --sheet: #211f1c; --ink: #ece8e0; --soft: #a39d92; --line: #39362f;
  --fault: #ff8a80; --fault-soft: #40211e; --look: #f0bd5c; --look-soft: #3b2f16;
  --fine: #8fcf9a; --fine-soft: #1f3324; --chosen: #ece8e0; --on-chosen: #171614 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif;
  font-variant-numeric: tabular-nums }
main { width: 1415px; max-width: 100%; margin: 0 auto; padding: 40px 0 80px }
main > *, .variant > h2 { margin-left: 20px; margin-right: 20px }
main > .variant { margin: 0 }
h1 { font: 600 34px/1.15 Georgia, "Source Serif 4", serif; margin: 0 }
h2 { font: 600 21px/1.25 Georgia, "Source Serif 4", serif; margin-top: 44px;
  margin-bottom: 14px }
.head { display: flex; gap: 12px 24px; align-items: flex-end; flex-wrap: wrap;
  border-bottom: 3px double var(--line); padding-bottom: 18px }
.head p { margin: 4px 0 0; color: var(--soft) }
.verdict { margin-left: auto; padding: 8px 16px; border-radius: 999px; font-weight: 600 }
.verdict.failed { background: var(--fault-soft); color: var(--fault) }
.verdict.warned { background: var(--look-soft); color: var(--look) }
.verdict.passed { background: var(--fine-soft); color: var(--fine) }
.quiet { color: var(--soft); font-size: 13px; margin-top: 8px; margin-bottom: 0 }
.inbox { display: grid; gap: 12px; grid-template-columns: minmax(0, 1fr) 375px }
.mail { display: grid; gap: 0 14px; align-items: center; padding: 12px 16px;
  grid-template-columns: 36px 150px minmax(0, 1fr); background: var(--sheet);
  border: 1px solid var(--line); border-radius: 10px }
.mail .dot { width: 36px; height: 36px; border-radius: 50%; background: var(--chosen);
  color: var(--on-chosen); font: 600 17px/36px Georgia, serif; text-align: center }
.mail .from, .mail .line { overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap }
.mail .preheader { color: var(--soft) }
.narrow { grid-template-columns: 36px minmax(0, 1fr); font-size: 14px }
.narrow .dot { grid-row: span 2; align-self: start }
.narrow .line { grid-column: 2 / -1; grid-row: 2; white-space: normal;
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3 }
.narrow .subject { display: block }
.picker { display: flex; gap: 10px 24px; align-items: center; flex-wrap: wrap;
  position: sticky; top: 0; z-index: 1; background: var(--paper); margin-top: 36px;
  padding: 12px 0; border-bottom: 1px solid var(--line) }
.picker label { margin-left: auto; cursor: pointer }
.choice { display: flex; flex-wrap: wrap; border: 1px solid var(--line);
  border-radius: 8px; overflow: hidden; background: var(--sheet) }
.choice button { all: unset; padding: 6px 16px; cursor: pointer; font-weight: 600;
  color: var(--soft) }
.choice button + button { border-left: 1px solid var(--line) }
.choice button[aria-pressed=true] { background: var(--chosen); color: var(--on-chosen) }
:focus-visible, .choice button:focus-visible { outline: 2px solid #2a7fa8;
  outline-offset: 2px }
.picker + noscript p { padding: 16px 22px }
.variant h2 { margin-top: 30px }
.views { display: flex; flex-wrap: wrap; gap: 26px 20px; padding: 0 20px;
  align-items: flex-start; overflow-x: auto }
figure { margin: 0; width: var(--width); flex: none }
figcaption { display: flex; gap: 12px; justify-content: space-between;
  margin: 0 2px 8px; font-size: 13px }
figcaption span { color: var(--soft) }
iframe, pre { display: block; width: 100%; height: 780px; border: 0; margin: 0;
  border-radius: 8px; background: var(--sheet); box-shadow: 0 0 0 1px var(--line),
  0 2px 10px #0000001a }
iframe.light { background: #ffffff; color-scheme: light }
iframe.dark { background: #121212; color-scheme: dark }
.whole iframe { height: 780px } .whole pre { height: auto }
pre { overflow: auto; padding: 22px 26px; color: var(--ink);
  font: 13px/1.5 ui-monospace, "Source Code Pro", monospace }
.card { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px;
  padding: 6px 22px }
.card > p { max-width: 75ch }
ol.found { list-style: none; margin: 0; padding: 0; font-size: 14px }
ol.found li { display: grid; grid-template-columns: 26px minmax(0, 1fr); gap: 8px;
  padding: 10px 0; border-top: 1px solid var(--line) }
ol.found li:first-child { border: 0 }
ol.found p { margin: 0; overflow-wrap: anywhere }
ol.found .hint { color: var(--soft); font-size: 13px }
.mark { width: 20px; height: 20px; border-radius: 50%; color: #fff; font-size: 11px;
  font-weight: 700; line-height: 20px; text-align: center; margin-top: 1px }
.mark.error { background: #b3261e } .mark.warning { background: #8a5a00 }
.mark.note { background: #6f6b63 }
code, .place { font: 12px ui-monospace, "Source Code Pro", monospace;
  color: var(--soft) }
.place::after { content: " ·" }
@media (max-width: 900px) { .inbox { grid-template-columns: minmax(0, 1fr) }
  .narrow { max-width: 375px } .mail.wide { grid-template-columns: 36px 110px
  minmax(0, 1fr) } }
@media (max-width: 520px) { main { padding-top: 22px } .verdict { margin-left: 0 } }
"""

"""What preview.html does: fills its frames, and shows the variant that is chosen."""

from __future__ import annotations

SCRIPT = """
const data = JSON.parse(document.getElementById("data").textContent);
const whole = document.getElementById("whole");

const page = (name) => {
  let html = data.pages[data.mails[name]];
  for (const [address, picture] of data.pictures)
    html = html.replaceAll(address, picture);
  return html;
};

const measure = (frame) => {
  const inside = frame.contentDocument;
  if (!inside || !inside.body) return;
  frame.style.height = whole.checked
    ? inside.documentElement.offsetHeight + "px" : "";
};

const fill = (frame) => {
  if (frame.dataset.filled) return;
  frame.dataset.filled = "yes";
  frame.addEventListener("load", () => {
    const inside = frame.contentDocument;
    for (const link of inside.links) link.target = "_blank";
    inside.documentElement.style.scrollbarWidth = "none";  // it would take room
    measure(frame);
  });
  frame.srcdoc = page(frame.dataset.mail);
};

const choose = (number) => {
  for (const button of document.querySelectorAll("button[data-variant]"))
    button.setAttribute("aria-pressed", button.dataset.variant === number);
  for (const section of document.querySelectorAll("section.variant")) {
    section.hidden = section.dataset.variant !== number;
    if (!section.hidden) for (const frame of section.querySelectorAll("iframe"))
      fill(frame);
  }
  lengthen();
};

const lengthen = () => {
  document.body.classList.toggle("whole", whole.checked);
  for (const frame of document.querySelectorAll("section:not([hidden]) iframe"))
    measure(frame);
};

for (const button of document.querySelectorAll("button[data-variant]"))
  button.addEventListener("click", () => choose(button.dataset.variant));
whole.addEventListener("change", lengthen);
choose("0");
"""

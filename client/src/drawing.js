// What chart and graph have in common.
import { config, make, say } from "./words.js";

/** Colours that people with any kind of colour vision tell apart (Okabe and Ito 2008, https://jfly.uni-koeln.de/color/). */
export const PALETTE = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#8a8f98"];

/** A colour of the page, as the reader's scheme has it. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A button that saves a picture. */
export function pictureButton(picture, name) {
  const button = make("button", { type: "button", className: "plain" }, say("picture"));
  button.addEventListener("click", () => {
    make("a", { href: picture(), download: `ipg-${name}-${config.version}.png` }).click();
  });
  return button;
}

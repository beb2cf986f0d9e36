/** How the page looks and what it shows, by its owner's settings. */

/** What is shown to whoever is here. @type {Shown} */
export const showing = { sources: "full", details: false };

/** @type {Set<string>} */
const worn = new Set();

/**
 * Put a theme's colours and corners on, in place of those of another bot.
 * @param {Theme | null | undefined} theme
 */
export function dress(theme) {
  const { light = {}, dark = {}, radius } = /** @type {Partial<Theme>} */ (theme ?? {});
  const { style } = document.documentElement;
  for (const name of worn) style.removeProperty(name);
  worn.clear();
  /** @param {string} name @param {string} value */
  const put = (name, value) => {
    style.setProperty(name, value);
    worn.add(name);
  };
  for (const [name, colour] of Object.entries(light)) {
    const value = `light-dark(${colour}, ${dark[name] ?? colour})`;
    if (/^[\w-]+$/.test(name) && CSS.supports("color", value)) put(`--${name}`, value);
  }
  if (Number.isInteger(radius)) put("--round", `${radius}px`);
}

/**
 * Show what is meant for whoever is here: the owner, on their own machine, or a visitor.
 * @param {Theme | null | undefined} theme @param {boolean} owner
 */
export function showTo(theme, owner) {
  showing.sources = theme?.sources ?? (owner ? "full" : "kind");
  showing.details = theme?.details ?? owner;
}

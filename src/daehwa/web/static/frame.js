/** Living inside another site's page: words to and from the one parent that was named. */

/**
 * The parent window, or undefined when the page stands alone. `parent` is the origin that the
 * launcher named; the browser's own word on who the parent is must agree with it.
 */
export function openFrame(parameters) {
  const origin = parameters.get("parent");
  if (parent === window || !origin) return undefined;
  const actual = location.ancestorOrigins?.[0] ?? (document.referrer && new URL(document.referrer).origin);
  if (actual && actual !== origin) return undefined;
  const widget = parameters.get("widget");
  return {
    tell: (daehwa, detail) => parent.postMessage({ daehwa, widget, ...detail }, origin),
    hear(on) {
      addEventListener("message", (event) => {
        if (event.source === parent && event.origin === origin && event.data?.widget === widget) on[event.data.daehwa]?.(event.data);
      });
    },
  };
}

/** The vendored files are their packages' own, so their types are too. */
declare module "*/marked.esm.js?v=18.2.1" {
  export * from "marked";
}

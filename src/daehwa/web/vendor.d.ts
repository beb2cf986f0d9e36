/** The vendored file is the package's own beginning, so its types are the package's, too. */
declare module "*/marked-lexer.js?v=18.2.1" {
  export { Lexer, Tokenizer, getDefaults } from "marked";
}

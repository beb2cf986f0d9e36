/** How scripts are written here; the types of the chat page's are tsc's business (tsconfig.json). */

import js from "@eslint/js";
import globals from "globals";

const STATIC = "src/daehwa/web/static";

// State that a whole module shares belongs to a class, which says who may change it.
const STATE = {
  selector: ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind=/let|var/]",
  message: "A module has no state of its own: put it into a class.",
};
const HTML = ["innerHTML", "outerHTML", "insertAdjacentHTML", "write"].map((property) => ({
  property,
  message: "A text never becomes HTML: build elements (dom.js).",
}));

export default [
  { ignores: ["**/vendor/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
    rules: {
      "array-callback-return": "error",
      "consistent-return": "error",
      "default-case-last": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-alert": "error",
      "no-console": "error",
      "no-duplicate-imports": "error",
      "no-else-return": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-lonely-if": "error",
      "no-param-reassign": "error",
      "no-promise-executor-return": "error",
      "no-restricted-properties": ["error", ...HTML],
      "no-restricted-syntax": ["error", STATE],
      "no-return-assign": "error",
      "no-self-compare": "error",
      "no-shadow": "error",
      "no-throw-literal": "error",
      "no-unmodified-loop-condition": "error",
      "no-unneeded-ternary": "error",
      "no-unreachable-loop": "error",
      "no-unused-expressions": ["error", { allowShortCircuit: true }],
      "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
      "no-useless-assignment": "error",
      "no-useless-concat": "error",
      "no-useless-return": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "operator-assignment": "error",
      "prefer-arrow-callback": "error",
      "prefer-const": "error",
      "prefer-rest-params": "error",
      "prefer-template": "error",
      radix: "error",
      "require-await": "error",
      yoda: "error",
    },
  },
  { files: [`${STATIC}/*.js`, "src/daehwa/web/preview/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["tests/node/*.mjs"], languageOptions: { globals: globals.node }, rules: { "no-console": "off" } },
  { files: [`${STATIC}/embed.js`], languageOptions: { sourceType: "script" } },
];

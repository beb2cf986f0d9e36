/** Checks that the page's scripts mean the same as they are sent: the same tree, the same variables by other names. */

import { readFileSync } from "node:fs";
import { analyze } from "eslint-scope";
import * as espree from "espree";

/** Whether a name is what others call something by, and not a variable. */
const isOutward = (parent, key) =>
  (parent.type === "MemberExpression" && key === "property" && !parent.computed) ||
  (["Property", "MethodDefinition", "PropertyDefinition"].includes(parent.type) && key === "key" && !parent.computed) ||
  key === "imported" || key === "exported" || (key === "id" && parent.exports);

/** Statements, in which declarations that follow each other are one. */
const joined = (nodes) => nodes.reduce((all, one) => {
  const last = all.at(-1);
  if (one?.type !== "VariableDeclaration" || last?.type !== "VariableDeclaration") return [...all, one];
  return [...all.slice(0, -1), { ...last, declarations: [...last.declarations, ...one.declarations] }];
}, []);

/** A script as a list: nodes, values, names that others know, and variables by the order in which they come. */
function meaning(source) {
  const tree = espree.parse(source, { ecmaVersion: "latest", sourceType: "module", range: true });
  const variables = new Map();
  for (const scope of analyze(tree, { ecmaVersion: 2024, sourceType: "module" }).scopes) {
    for (const variable of scope.variables) for (const { range } of variable.identifiers) variables.set(range[0], variable);
    for (const { resolved, identifier } of scope.references) if (resolved) variables.set(identifier.range[0], resolved);
  }
  const numbers = new Map();
  const number = (one) => numbers.get(one) ?? numbers.set(one, numbers.size).get(one);
  const list = [];
  const walk = (given, parent, key) => {
    const node = Array.isArray(given) ? joined(given) : given;
    if (Array.isArray(node)) {
      list.push(node.length);
      for (const one of node) walk(one, parent, key);
    }
    if (!node?.type) return;
    if (node.type === "Identifier") {
      const variable = isOutward(parent, key) ? undefined : variables.get(node.range[0]);
      list.push(variable ? number(variable) : node.name);
    } else if (node.type === "PrivateIdentifier") list.push(number(`#${node.name}`));
    else if (node.type === "TemplateElement") list.push(node.value.cooked.replace(/\n[ \t]+/g, "\n"));
    else if (node.type === "Literal") list.push(node.raw);
    else {
      const { operator, kind, computed, static: fixed, async, shorthand, optional } = node;
      // What is constant is declared by another word when it is sent, which is shorter.
      list.push([node.type, operator, kind === "const" ? "let" : kind, computed, fixed, async, shorthand, optional].join());
      const declared = node.type.startsWith("Export") && node.declaration;
      for (const one of declared ? declared.declarations ?? [declared] : []) one.exports = true;
      for (const [name, child] of Object.entries(node)) if (typeof child === "object" && name !== "range") walk(child, node, name);
    }
  };
  walk(tree, {}, "");
  return list;
}

const wrong = Object.entries(JSON.parse(readFileSync(0, "utf8"))).flatMap(([name, [source, sent]]) => {
  const [meant, received] = [meaning(source), meaning(sent)];
  const at = meant.findIndex((one, index) => one !== received[index]);
  if (at < 0 && meant.length === received.length) return [];
  return [`${name} is sent as something else: ${meant.slice(at, at + 5)} | ${received.slice(at, at + 5)}`];
});
if (wrong.length) throw new Error(wrong.join("\n"));

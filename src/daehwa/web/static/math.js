/** TeX, as models write it, as MathML: fractions, roots, sums, matrices, accents, letters. What is unknown stays readable. */

const MATHML = "http://www.w3.org/1998/Math/MathML";
const DEEPEST = 60;
const MOST = 4000; // parts of one formula

/** @param {string} words "alpha α beta β ..." @returns {Record<string, string>} */
const pairs = (words) => Object.fromEntries(words.trim().split(/\s+/).map((word, at, all) => [word, all[at + 1]]).filter((_, at) => at % 2 === 0));

const LETTERS = pairs(`alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν
  xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ
  Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω infty ∞ partial ∂ nabla ∇ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ emptyset ∅ varnothing ∅ imath ı jmath ȷ
  angle ∠ triangle △ square □ degree ° prime ′ top ⊤ bot ⊥ dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ checkmark ✓ circ ∘`);
const OPERATORS = pairs(`times × div ÷ cdot ⋅ pm ± mp ∓ ast ∗ star ⋆ bullet ∙ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥
  ne ≠ neq ≠ ll ≪ gg ≫ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ to → rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐
  Leftrightarrow ⇔ implies ⟹ iff ⟺ longrightarrow ⟶ mapsto ↦ uparrow ↑ downarrow ↓ rightleftharpoons ⇌ in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆
  supseteq ⊇ cup ∪ cap ∩ setminus ∖ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ land ∧ wedge ∧ lor ∨ vee ∨ mid ∣ parallel ∥ perp ⊥ therefore ∴ because ∵
  colon : lbrace { rbrace } langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ backslash \\ models ⊨ vdash ⊢`);
const BIG = pairs("sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigvee ⋁ bigwedge ⋀ int ∫ iint ∬ iiint ∭ oint ∮");
const ACCENTS = pairs("hat ^ widehat ^ bar ¯ overline ¯ vec → overrightarrow → dot ˙ ddot ¨ tilde ~ widetilde ~ overbrace ⏞ check ˇ");
const FUNCTIONS = new Set(("sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp lim limsup liminf max min sup inf arg argmax argmin " +
  "det dim ker gcd deg Pr hom mod").split(" "));
const LIMITS = new Set(["lim", "limsup", "liminf", "max", "min", "sup", "inf", "argmax", "argmin", "det", "gcd", "Pr"]);
/** @type {Record<string, string>} */
const SPACES = { ",": "0.17em", ":": "0.22em", ";": "0.28em", " ": "0.25em", "!": "-0.17em", quad: "1em", qquad: "2em", enspace: "0.5em", thinspace: "0.17em" };
/** @type {Record<string, string>} */
const FENCES = { pmatrix: "()", bmatrix: "[]", Bmatrix: "{}", vmatrix: "||", Vmatrix: "‖‖" };
/** Where the styled alphabets begin: capitals, small letters, digits. @type {Record<string, (number | undefined)[]>} */
const ALPHABETS = { mathbb: [0x1d538, 0x1d552, 0x1d7d8], mathbf: [0x1d400, 0x1d41a, 0x1d7ce], boldsymbol: [0x1d468, 0x1d482, 0x1d7ce], bm: [0x1d468, 0x1d482, 0x1d7ce],
  mathcal: [0x1d49c, 0x1d4b6], mathscr: [0x1d49c, 0x1d4b6], mathfrak: [0x1d504, 0x1d51e], mathsf: [0x1d5a0, 0x1d5ba, 0x1d7e2], mathtt: [0x1d670, 0x1d68a, 0x1d7f6] };
/** Letters that stood elsewhere before. @type {Record<string, string>} */
const ELSEWHERE = { "𝔺": "ℂ", "𝔿": "ℍ", "𝕅": "ℕ", "𝕇": "ℙ", "𝕈": "ℚ", "𝕉": "ℝ", "𝕑": "ℤ", "𝒝": "ℬ", "𝒠": "ℰ", "𝒡": "ℱ", "𝒣": "ℋ", "𝒤": "ℐ", "𝒧": "ℒ", "𝒨": "ℳ", "𝒭": "ℛ",
  "𝔆": "ℭ", "𝔌": "ℌ", "𝔍": "ℑ", "𝔕": "ℜ", "𝔝": "ℨ" };

/** @param {string} name @param {Record<string, string>} attributes @param {(Node | string)[]} children */
function m(name, attributes, ...children) {
  const element = document.createElementNS(MATHML, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** @param {Element[]} nodes */
const row = (nodes) => (nodes.length === 1 ? nodes[0] : m("mrow", {}, ...nodes));

/** @param {string} text @param {(number | undefined)[]} alphabet */
const styled = (text, [capital, small, digit]) => [...text].map((sign) => {
  const code = sign.charCodeAt(0);
  const base = /[A-Z]/.test(sign) ? capital && capital + code - 65 : /[a-z]/.test(sign) ? small && small + code - 97 : /\d/.test(sign) ? digit && digit + code - 48 : 0;
  const styledSign = base ? String.fromCodePoint(base) : sign;
  return ELSEWHERE[styledSign] ?? styledSign;
}).join("");

class Formula {
  #parts;
  #at = 0;
  #depth = 0;
  #display;

  /** @param {string} tex @param {boolean} display */
  constructor(tex, display) {
    this.#parts = tex.match(/\\[A-Za-z]+\*?|\\[^]|\d+(?:\.\d+)?|\s+|[^]/gu) ?? [];
    this.#display = display;
    if (this.#parts.length > MOST) throw new RangeError("too long");
  }

  /** @returns {Element[]} */
  whole() {
    const nodes = this.#rows(() => this.#at >= this.#parts.length);
    if (this.#at < this.#parts.length) throw new SyntaxError("it is not closed");
    return [nodes];
  }

  #space() {
    while (/^\s/.test(this.#parts[this.#at] ?? "")) this.#at += 1;
  }

  #peek() {
    this.#space();
    return this.#parts[this.#at];
  }

  /** Lines divided by \\\\ and columns by &, as a table where there are several. @param {() => boolean} ends @param {boolean} [aligned] */
  #rows(ends, aligned = true, always = false) {
    /** @type {Element[][]} */
    const lines = [[]];
    for (;;) {
      const cell = row(this.#until(() => ends() || ["&", "\\\\"].includes(this.#peek() ?? "")));
      lines[lines.length - 1].push(cell);
      this.#space();
      if (ends() || this.#at >= this.#parts.length) break;
      if (this.#parts[this.#at++] === "\\\\") {
        if (this.#peek() === "[") while (this.#at < this.#parts.length && this.#parts[this.#at++] !== "]");
        lines.push([]);
      }
    }
    if (!always && lines.length === 1 && lines[0].length === 1) return lines[0][0];
    const side = (/** @type {number} */ at) => (aligned ? (at % 2 ? "m-left" : "m-right") : "");
    return m("mtable", aligned ? { class: "m-aligned", displaystyle: "true" } : {}, ...lines.filter((cells) => cells.some((one) => one.textContent))
      .map((cells) => m("mtr", {}, ...cells.map((one, at) => m("mtd", aligned && cells.length > 1 ? { class: side(at) } : {}, one)))));
  }

  /** @param {() => boolean} ends @returns {Element[]} */
  #until(ends) {
    const nodes = [];
    while (this.#peek() !== undefined && !ends()) {
      const node = this.#scripted();
      if (node) nodes.push(node);
    }
    return nodes;
  }

  /** An atom with what hangs above and below it. @returns {Element | undefined} */
  #scripted() {
    const first = this.#peek();
    const base = first === "^" || first === "_" ? m("mrow", {}) : this.#atom();
    if (!base) return undefined;
    /** @type {Record<string, Element>} */
    const hung = {};
    for (let sign = this.#peek(); sign === "^" || sign === "_" || sign === "'"; sign = this.#peek()) {
      this.#at += 1;
      if (sign === "'") {
        let primes = "′";
        while (this.#parts[this.#at] === "'") { primes += "′"; this.#at += 1; }
        hung["^"] = hung["^"] ? row([hung["^"], m("mo", {}, primes)]) : m("mo", {}, primes);
      } else {
        const one = this.#argument();
        hung[sign] = hung[sign] ? row([hung[sign], one]) : one;
      }
    }
    const [under, over] = [hung._, hung["^"]];
    if (!under && !over) return base;
    const limits = base.classList.contains("m-limits") && this.#display;
    const [both, low, high] = limits ? ["munderover", "munder", "mover"] : ["msubsup", "msub", "msup"];
    if (under && over) return m(both, {}, base, under, over);
    return m(under ? low : high, {}, base, under ?? over);
  }

  /** The next group or sign. @returns {Element} */
  #argument() {
    const next = this.#peek() ?? "";
    // \frac12 is a half.
    if (/^\d./.test(next)) this.#parts.splice(this.#at, 1, next[0], next.slice(1));
    return this.#atom() ?? m("mrow", {});
  }

  /** What stands in braces, as it is written. */
  #raw() {
    if (this.#peek() !== "{") return this.#parts[this.#at++] ?? "";
    let depth = 0;
    let text = "";
    do {
      const part = this.#parts[this.#at++];
      if (part === undefined) throw new SyntaxError("it is not closed");
      if (part === "{") depth += 1;
      if (part === "}") depth -= 1;
      text += part;
    } while (depth);
    return text.slice(1, -1);
  }

  /** @returns {Element | undefined} */
  #atom() {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new RangeError("too deep");
    try {
      const part = this.#peek();
      if (part === undefined) return undefined;
      this.#at += 1;
      if (part === "{") return this.#group();
      if (part === "}") throw new SyntaxError("nothing is open");
      if (part.startsWith("\\")) return this.#command(part.slice(1));
      if (/^\d/.test(part)) return m("mn", {}, part);
      if (/^[A-Za-z]$/.test(part)) return m("mi", {}, part);
      if (/^[\p{L}]/u.test(part)) return m("mtext", {}, part);
      if (part === "~") return m("mspace", { width: "0.25em" });
      return m("mo", /[()[\]|]/.test(part) ? { stretchy: "false" } : {}, part === "-" ? "−" : part === "*" ? "∗" : part);
    } finally {
      this.#depth -= 1;
    }
  }

  #group() {
    const inside = row(this.#until(() => this.#peek() === "}"));
    if (this.#parts[this.#at++] !== "}") throw new SyntaxError("it is not closed");
    return inside.localName === "mrow" ? inside : m("mrow", {}, inside);
  }

  /** @param {string} name @returns {Element | undefined} */
  #command(name) {
    if (Object.hasOwn(LETTERS, name)) return m("mi", /^[A-Z]/.test(name) ? { mathvariant: "normal" } : {}, LETTERS[name]);
    if (Object.hasOwn(OPERATORS, name)) return m("mo", { stretchy: "false" }, OPERATORS[name]);
    if (Object.hasOwn(BIG, name)) return m("mo", name.endsWith("int") ? { largeop: "true" } : { class: "m-limits", largeop: "true", movablelimits: "false" }, BIG[name]);
    if (FUNCTIONS.has(name)) return m("mi", LIMITS.has(name) ? { class: "m-limits" } : {}, name);
    if (Object.hasOwn(SPACES, name)) return m("mspace", { width: SPACES[name] });
    if (Object.hasOwn(ACCENTS, name)) return m("mover", { accent: "true" }, this.#argument(), m("mo", { stretchy: String(/over|wide/.test(name)) }, ACCENTS[name]));
    if (Object.hasOwn(ALPHABETS, name)) return m("mi", { mathvariant: "normal" }, styled(this.#raw(), ALPHABETS[name]));
    if (/^(?:[dtc]?frac|[dt]?binom)$/.test(name)) {
      const [top, bottom] = [this.#argument(), this.#argument()];
      if (name.endsWith("frac")) return m("mfrac", name === "dfrac" ? { displaystyle: "true" } : {}, top, bottom);
      return m("mrow", {}, m("mo", {}, "("), m("mfrac", { linethickness: "0" }, top, bottom), m("mo", {}, ")"));
    }
    if (name === "sqrt") return this.#root();
    if (/^(?:text(?:bf|it|rm)?|mbox|mathrm|operatorname\*?)$/.test(name)) {
      const text = this.#raw();
      return name.startsWith("operatorname") ? m("mi", { class: name.endsWith("*") ? "m-limits" : "" }, text) : m("mtext", {}, text.replace(/^ | $/g, "\u00a0"));
    }
    if (name === "left" || name === "right" || name === "middle") return this.#fence(name);
    if (name === "begin") return this.#environment();
    if (name === "underline" || name === "underbrace") return m("munder", {}, this.#argument(), m("mo", { stretchy: "true" }, name === "underline" ? "_" : "⏟"));
    if (name === "overset" || name === "stackrel") return swapped(this.#argument(), this.#argument());
    if (name === "underset") { const low = this.#argument(); return m("munder", {}, this.#argument(), low); }
    if (name === "boxed") return m("mrow", { class: "m-boxed" }, this.#argument());
    if (name === "not") return m("mo", {}, `${this.#argument().textContent}\u0338`);
    if (name === "pmod") return m("mrow", {}, m("mo", {}, "("), m("mi", {}, "mod"), m("mspace", { width: "0.3em" }), this.#argument(), m("mo", {}, ")"));
    if (name === "color" || name === "tag" || name === "label") { this.#raw(); return undefined; }
    if (/^(?:displaystyle|textstyle|limits|nolimits|[bB]ig+[lrm]?|nonumber|hline|,|quad)$/.test(name)) return undefined;
    if (name === "|") return m("mo", { stretchy: "false" }, "‖");
    return /^[^A-Za-z]$/.test(name) ? m("mo", { stretchy: "false" }, name) : m("mtext", {}, `\\${name}`);
  }

  #root() {
    if (this.#peek() !== "[") return m("msqrt", {}, this.#argument());
    this.#at += 1;
    const degree = row(this.#until(() => this.#peek() === "]"));
    this.#at += 1;
    return m("mroot", {}, this.#argument(), degree);
  }

  #delimiter() {
    const part = this.#peek() ?? "";
    this.#at += 1;
    if (part === ".") return "";
    const name = part.slice(1);
    if (!part.startsWith("\\")) return part;
    return name === "|" ? "‖" : OPERATORS[name] ?? name;
  }

  /** @param {string} name */
  #fence(name) {
    const open = this.#delimiter();
    if (name !== "left") return m("mo", { stretchy: "true" }, open);
    const inside = this.#until(() => this.#peek() === "\\right");
    if (this.#parts[this.#at++] !== "\\right") throw new SyntaxError("it is not closed");
    return m("mrow", {}, m("mo", { stretchy: "true" }, open), ...inside, m("mo", { stretchy: "true" }, this.#delimiter()));
  }

  #environment() {
    const name = this.#raw();
    const kind = name.replace("*", "");
    if (kind === "array" || kind === "alignedat") this.#raw();
    const aligned = /^(?:align|aligned|split|gather|gathered|equation|alignedat|eqnarray)$/.test(kind);
    const table = this.#rows(() => this.#peek() === "\\end", aligned, true);
    if (this.#parts[this.#at++] !== "\\end" || this.#raw() !== name) throw new SyntaxError("it is not closed");
    const [open, close] = FENCES[kind] ? [...FENCES[kind]] : kind === "cases" ? ["{", ""] : ["", ""];
    if (kind === "cases") table.setAttribute("class", "m-cases");
    return open ? m("mrow", {}, m("mo", { stretchy: "true" }, open), table, ...(close ? [m("mo", { stretchy: "true" }, close)] : [])) : table;
  }
}

/** @param {Element} over @param {Element} base */
const swapped = (over, base) => m("mover", {}, base, over);

/** The formula's element, or undefined where it cannot be read. @param {string} tex @param {boolean} display */
export function formula(tex, display) {
  try {
    const source = m("annotation", { encoding: "application/x-tex" }, tex);
    return m("math", display ? { display: "block", class: "formula display", tabindex: "0" } : { class: "formula" },
      m("semantics", {}, m("mrow", {}, ...new Formula(tex, display).whole()), source));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

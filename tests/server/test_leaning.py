"""What the page's files are sent without, and what of them has to stay."""

import pytest

from daehwa.server.leaning import lean, lean_script

# As it is written, and as it is sent.
SCRIPTS = {
    "comments go": ("a(); // what it does\n/** More. */\nb(); /* here */ c();", "a();b();c();"),
    "a string keeps what looks like one": ("a(\"// b\", '/* c */');", "a(\"// b\",'/* c */');"),
    "a template keeps its spaces": ("a(`b  // c ${d + e} f`);", "a(`b  // c ${d+e} f`);"),
    "a template in a template": ("`a ${b ? `${ c }  ` : {}} d`;", "`a ${b?`${c}  `:{}} d`;"),
    "an escaped sign ends no template": (r"`\` ${ a } \${ b }`;", r"`\` ${a} \${ b }`;"),
    "a regular expression": (r'a = /["/]\/ [/"] /g; b(/ */);', r'a= /["/]\/ [/"] /g;b(/ */);'),
    "a division": ("a = b / c / d; e = (f) / 2;", "a=b / c / d;e=(f) / 2;"),
    "words stay apart": ("return  new  A ();", "return new A();"),
    "signs stay apart": ("a = b + +c - -d;", "a=b+ +c- -d;"),
    "a number and a dot": ("1 .toFixed();", "1 .toFixed();"),
    "a line that ends a statement": ("a\nb\n(c)\n++d", "a\nb\n(c)\n++d"),
    "a line that ends nothing": ("a(\n  b,\n  c,\n);\n", "a(b,c);"),
    "a block's end": ("class A {\n  b() {}\n}\nc();", "class a{b(){}}\nc();"),
    "what a file declares for itself is short": (
        "const MANY = 1;\nexport const A = few(MANY);\nfunction few(a) { return `${MANY} MANY`; }",
        "let a=1;export let A=b(a);function b(c){return`${a} MANY`}",
    ),
    "what a function declares for itself is short": (
        "(() => { const few = 1; a(few, { few: b }); })();\nc(few => d(few));",
        "(()=>{let few=1;a(few,{few:b});})();c(few=>d(few));",
    ),
    "and its parameters": (
        "a((few, more = b, ...rest) => few(more, rest), c);\nclass A { many(all) { d(all); } }",
        "a((e,f=b,...g)=>e(f,g),c);class h{many(i){d(i);}}",
    ),
    "words that the language has, too": (
        "const from = 1; a(from, (of) => of);",
        "let from=1;a(from,of=>of);",
    ),
    "a key in a template": ("((few) => `${a({ few })}`)();", "(few=>`${a({few})}`)();"),
    "what a file gives to others keeps its name": (
        "export const a = 1;\nexport function b() {}\nexport async function c() {}",
        "export let a=1;export function b(){}export async function c(){}",
    ),
    "a member of such a name": ("const many = 1;\na.many;", "let many=1;a.many;"),
    "a method of such a name": (
        "function many() {}\nclass A { many() { } }",
        "function many(){}class a{many(){}}",
    ),
    "a field of such a name": (
        "const few = 1;\nclass A { few = few; }",
        "let few=1;class a{few=few}",
    ),
    "what another file calls so": (
        'import { MANY as ALL } from "./a.js";\nconst MANY = ALL;',
        'import{MANY as ALL}from"./a.js";let MANY=ALL;',
    ),
    "a key of such a name": (
        "const red = 1;\nconst blue = 2;\na({ red, [blue]: c ? blue : red });",
        "let red=1,b=2;a({red,[b]:c?b:red});",
    ),
    "the last end before a bracket": (
        "f = () => { a(); b = 1; };\nif (c) { d; }",
        "f=()=>{a();b=1};if(c){d}",
    ),
    "a line that ends with a method or a branch": (
        "class A {\n  a() {}\n  b() { if (c) { d; }\n e; }\n}\nif (f) { g; }\nh;",
        "class i{a(){}b(){if(c){d}e}}\nif(f){g}h;",
    ),
    "a line that ends with a function": (
        "f = g\nexport async function a() {}\nexport function b() {}\nfunction c() {}\nd()",
        "f=g\nexport async function a(){}export function b(){}function c(){}d()",
    ),
    "a line that ends with a value": (
        "a = function () {}\nb = function c() {}\nd = { e }\nf = () => {}\n(g)",
        "a=function(){}\nb=function c(){}\nd={e}\nf=()=>{}\n(g)",
    ),
    "a comma before a bracket": (
        "a = [b, c,];\nd({\n  e,\n});\n[f, , ] = [, ];",
        "a=[b,c];d({e});[f,,]=[,];",
    ),
    "a function of one name": (
        "a((b) => c, async (d) => e, ({ f }) => g, (h = 1) => h, () => (i) => i);",
        "a(b=>c,async(d)=>e,({f})=>g,(h=1)=>h,()=>i=>i);",
    ),
    "declarations that follow each other": (
        (
            "const a = () => { let b = 1; const { c } = b; d(); let e; };\n"
            "let f = a;\ng();\nlet h;\n"
            "for (const i of f) { const j = i; }"
        ),
        "let a=()=>{let b=1,{c}=b;d();let e},f=a;g();let h;for(let i of f){let j=i}",
    ),
    "a loop that does nothing": ("g = () => { while (a); }", "g=()=>{while(a);}"),
    "private names are short": (
        "class A { #word = 1; get #other() { return `${this.#word}#word`; } }",
        "class a{#a=1;get #b(){return`${this.#a}#word`}}",
    ),
}


@pytest.mark.parametrize("written", SCRIPTS)
def test_a_script_is_sent_as_it_means(written):
    source, sent = SCRIPTS[written]
    assert lean_script(source).rstrip() == sent
    # What is lean already stays as it is.
    assert lean_script(sent).rstrip() == sent


def test_there_are_more_short_names_than_letters():
    names = [f"#name{number}" for number in range(60)]
    sent = lean_script("class A { " + " ".join(f"{name};" for name in names) + " }")
    assert len(set(sent.removeprefix("class A{").rstrip("}\n").split(";"))) == 60


def test_no_short_name_is_a_word_of_the_language():
    names = [f"name{number}" for number in range(53 * 52)]
    sent = lean_script("".join(f"const {name} = 1;" for name in names))
    short = {one.removesuffix("=1") for one in sent.removeprefix("let ").rstrip(";\n").split(",")}
    assert len(short) == len(names)
    assert not short & {"as", "do", "if", "in", "of"}


def test_a_style_sheet_loses_comments_and_the_space_between_rules():
    sent = lean(
        "a.css",
        b"/* why */\na , b { color: red; margin: 0 1px; }\n@media (x: y) {\n  c > d { e: f; }\n}\n",
    )
    assert sent == b"a,b{color:red;margin:0 1px}@media (x:y){c>d{e:f}}"


def test_a_page_loses_comments_and_indentation():
    assert lean("a.html", b"<p>\n  <!-- why -->\n  a  b\n</p>\n") == b"<p>\na  b\n</p>\n"


def test_other_files_stay():
    assert lean("a.svg", b"<svg>  <!-- a --></svg>") == b"<svg>  <!-- a --></svg>"

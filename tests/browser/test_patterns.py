"""Attention on the stored prompts: token by token in the card, many heads side by side."""

from pathlib import Path

from accessibility import serious
from playwright.sync_api import Page, expect
from visitor import SMOLLM2, Visit

from cache.patterns import read_head
from cache.store import Store


def colour_of(page: Page, place: str) -> str:
    found: str = page.locator(place).evaluate("one => getComputedStyle(one).backgroundColor")
    return found


def test_a_head_on_a_natural_prompt_token_by_token(visit: Visit, cache_folder: Path):
    """The prompt from the link and by choice; pointing, keys, right to left; loading (D13)."""
    found = read_head(Store(str(cache_folder)), SMOLLM2, 17, 3) or {}
    visitor = visit().open(model=SMOLLM2, head="17.3", prompt="ioi")
    page = visitor.page
    page.locator("#pattern-chart .hm").wait_for(state="attached")
    strip, words = page.locator("#pattern-strip"), page.locator("#pattern-words")
    expect(page.locator("#pattern-prompt")).to_have_value("ioi")
    assert [text.replace("␣", " ") for text in strip.locator("bdi").all_inner_texts()] == (
        found["ioi"].tokens
    )
    expect(page.locator("#pattern-note")).to_contain_text("indirect object identification")
    expect(strip).to_have_attribute("dir", "ltr")

    # pointing at the second John: its row, its column, and the same in words
    weights = found["ioi"].weights / 255
    strip.locator("[data-token='10']").hover()
    expect(words).to_contain_text("John\u2069 (token 10) looks at")
    first = weights[10, 0]
    expect(words).to_contain_text(f"{first:.2f}")
    expect(page.locator(".pattern-frame .pointed-row")).to_be_visible()
    assert colour_of(page, "#pattern-strip [data-token='0']") != "rgba(0, 0, 0, 0)"
    # the first column does not eat the scale
    top = max(row[1:].max() for row in weights[1:])
    drawn = """() => headstrata.plotted(document.getElementById("pattern-chart")).data[0].zmax"""
    assert abs(page.evaluate(drawn) - max(top, 0.05)) < 1e-6

    # keys: from token to token within the strip, not from head to head
    page.mouse.move(1, 1)
    expect(words).to_contain_text("Point at a token")
    strip.locator("[data-token='0']").focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(words).to_contain_text("drink\u2069 (token 13)")
    expect(page.locator("#head-card h2").first).to_contain_text("L17.H3")

    page.locator("#pattern-prompt").select_option("arabic")
    visitor.wait_query(prompt="arabic")
    expect(strip).to_have_attribute("dir", "rtl")
    expect(strip.locator("bdi", has_text="أ·1/2").first).to_be_visible()  # a byte of a letter
    left, right = (strip.locator("button").nth(at).bounding_box() for at in (1, 0))
    assert left
    assert right
    assert left["x"] < right["x"]
    page.keyboard.press("Escape")

    # another head: what is shown is dimmed until its own is there
    page.evaluate(
        """() => {
          window.states = [];
          const [card, pattern] = ["head-card", "pattern"].map((id) => document.getElementById(id));
          const note = () => states.push([card.ariaBusy, pattern.className].join());
          const watched = new MutationObserver(note);
          watched.observe(card, { attributeFilter: ["aria-busy"] });
          watched.observe(pattern, { attributeFilter: ["class"] });
          dash_clientside.set_props("selection", { data: { head: "18.6" } });
        }"""
    )
    expect(page.locator("#head-card h2").first).to_contain_text("L18.H6")
    page.wait_for_function("() => states.at(-1) === 'false,pattern'")
    assert "true,pattern stale" in page.evaluate("states")


def test_heads_side_by_side(visit: Visit):
    """Thumbnails of the chosen segment, pins, one token pointed at in all; all in the link."""
    asked: list[str] = []
    visitor = visit()
    page = visitor.page
    page.on("request", lambda request: asked.append(request.url))

    def patterns() -> list[str]:
        return [url for url in asked if "/api/patterns" in url]

    visitor.open(model=SMOLLM2, bins=8, segment="16:induction", prompt="twice")
    expect(page.locator("#segment-title")).to_contain_text("Induction pattern")
    assert not patterns()  # nothing before it is opened
    page.locator("#patterns-panel summary").click()
    note, thumbs = page.locator("#gallery-note"), page.locator("#gallery .thumb")
    expect(note).to_contain_text("Induction pattern, layers [16, 24): 6 heads.")
    expect(page.locator("#gallery .thumb:not(.waiting)")).to_have_count(6)
    assert len(patterns()) == 1
    drawn = thumbs.first.locator("canvas").evaluate(
        "one => one.getContext('2d').getImageData(0, 0, 1, 1).data[3] + one.width"
    )
    assert drawn == 255 + 29  # opaque; BOS and two sentences of 14 tokens

    names = [thumb.get_attribute("data-thumb") or "" for thumb in thumbs.all()]
    thumbs.nth(1).locator("[data-head]").click()
    visitor.wait_query(head=names[1])
    thumbs.nth(0).locator(".pin").click()
    thumbs.nth(1).locator("[data-head]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("p")
    visitor.wait_query(pins=f"{names[0]},{names[2]}")
    pinned = page.locator(".pinned")
    expect(pinned).to_have_count(2)
    expect(page.locator("#pins-scale")).to_contain_text("One scale for all: darkest from")

    # one token in both; the induction heads look at what followed the first time
    pinned.nth(0).locator("[data-token='17']").hover()
    for one in (pinned.nth(0), pinned.nth(1)):
        expect(one.locator(".token.pointed")).to_have_text("␣keeper")
        expect(one.locator(".token-words")).to_contain_text("keeper\u2069 (token 17) looks at")
        expect(one.locator(".pointed-row")).to_be_visible()
    page.locator("#pin-head").click()  # the card's own
    expect(pinned).to_have_count(3)
    expect(page.locator("#pin-head")).to_have_text("Unpin")

    visitor.wait_query(pins=f"{names[0]},{names[2]},{names[1]}")

    page.reload()
    expect(pinned).to_have_count(3)
    expect(pinned.nth(1).locator("header")).to_contain_text("Induction pattern")
    pinned.nth(1).get_by_role("button", name="Unpin").click()
    expect(pinned).to_have_count(2)

    visitor.open(model=SMOLLM2, prompt="poem", pins="99.1,18.6")
    expect(page.locator("#status")).to_contain_text("“99.1” is no head of this table")
    expect(page.locator("#status")).to_contain_text("prompt=“poem” is not one of repeated")
    expect(pinned).to_have_count(1)
    # a table of published scores has none, and nothing is asked for
    asked.clear()
    visitor.open(model="gpt2-xl-published", pins="5.1")
    expect(note).to_contain_text("No attention patterns: this table holds published scores")
    expect(pinned).to_have_count(0)
    assert not patterns()


def test_axe_finds_nothing_serious_side_by_side(visit: Visit):
    visitor = visit().open(
        model=SMOLLM2, bins=8, segment="16:induction", pins="17.3,18.6", prompt="twice"
    )
    page = visitor.page
    page.locator("#gallery").scroll_into_view_if_needed()  # drawn when they come into view
    expect(page.locator("#gallery .thumb:not(.waiting)")).to_have_count(6)
    page.locator("#observations[aria-busy=false]").wait_for()  # else dimmed
    for theme in ("light", "dark"):
        page.evaluate(f"dash_clientside.set_props('theme', {{ data: '{theme}' }})")
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        assert serious(page) == []

"""Export: every download is what it says, films can be cancelled, and the reader's moment stays."""

from __future__ import annotations

import base64
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Download, Locator, Request, expect

from tests.e2e.browser import DESKTOP, PHONE, Lab
from tests.e2e.conftest import OpenLab
from tests.e2e.test_modes import findings_in_both_themes
from tests.e2e.test_training import BOWL, train
from tests.e2e.test_training import opened as with_its_panel

SVG = "{http://www.w3.org/2000/svg}"

DECODE_GIF = """async (data) => {
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  const decoder = new ImageDecoder({ data: bytes, type: "image/gif" });
  await decoder.tracks.ready;
  await decoder.completed;
  const frames = [];
  for (let i = 0; i < decoder.tracks.selectedTrack.frameCount; i += 1) {
    const { image } = await decoder.decode({ frameIndex: i });
    const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let lit = 0;
    // Amber: much more red than blue.
    for (let p = 0; p < data.length; p += 4) if (data[p] - data[p + 2] > 90) lit += 1;
    frames.push({ width: canvas.width, height: canvas.height, duration: image.duration / 1000, lit });
    image.close();
  }
  return frames;
}"""

PLAY_VIDEO = """async ({ data, type }) => {
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  const video = document.createElement("video");
  video.muted = true;
  // A seek may be over before its frame is there to be drawn: drawn again until it is what is waited for.
  const shown = async (time, isThere) => {
    await new Promise((done) => { video.onseeked = done; video.currentTime = time; });
    for (let left = 400; ; left -= 1, await new Promise((done) => setTimeout(done, 50))) {
      const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
      const context = canvas.getContext("2d");
      context.drawImage(video, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let lit = 0;
      for (let p = 0; p < data.length; p += 4) if (data[p] - data[p + 2] > 90) lit += 1;
      if (isThere(data, lit) || left === 0) return lit;
    }
  };
  await new Promise((done, fail) => {
    video.onloadeddata = done;
    video.onerror = () => fail(new Error(video.error.message));
    video.src = URL.createObjectURL(new Blob([bytes], { type }));
  });
  const { duration, videoWidth: width, videoHeight: height } = video;
  const start = await shown(0.01, (data) => data[3] === 255);
  const end = await shown(duration - 0.1, (_, lit) => lit > 10 * start);
  return { duration, width, height, lit: [start, end] };
}"""


def opened(lab: Lab, choice: str) -> None:
    """Opens the dialog and chooses a format, and waits until it is known what can be saved as what."""
    lab.press("x")
    lab.page.get_by_role("radio", name=choice, exact=True).check()
    lab.rest()


def pick(lab: Lab, name: str) -> Locator:
    """A list of the dialog."""
    return lab.page.locator(".export").get_by_role("combobox", name=name, exact=True)


def downloaded(lab: Lab, button: str) -> tuple[str, bytes]:
    """Name and content of what a press on the button saves."""
    with lab.page.expect_download() as waiting:
        lab.page.get_by_role("button", name=button).click()
    return waiting.value.suggested_filename, content(waiting.value)


def content(download: Download) -> bytes:
    """What was saved."""
    return Path(download.path()).read_bytes()


def in_a_bare_page(lab: Lab, script: str, argument: Any) -> Any:
    """Runs a script in a page that has no policy: data of our own must be readable for others too."""
    page = lab.page.context.new_page()
    try:
        return page.evaluate(script, argument)
    finally:
        page.close()


def test_a_picture_stands_alone_in_every_theme_and_looks_elsewhere_as_it_does_here(open_lab: OpenLab) -> None:
    lab = open_lab(color_scheme="dark")
    lab.to(9)
    opened(lab, "SVG")
    themes = [("As shown", "#0d1117"), ("Dark", "#0d1117"), ("Light", "#fbfaf7"), ("Print, on white", "#ffffff")]
    for theme, ground in themes:
        lab.page.get_by_role("radio", name=theme, exact=True).check()
        stands_alone(*downloaded(lab, "Download SVG"), ground)
    lab.page.get_by_role("radio", name="As shown", exact=True).check()
    png_has_the_size_that_it_says(lab)
    lab.press("Escape")
    svg_looks_elsewhere_as_it_does_here(lab)


def stands_alone(name: str, text: bytes, ground: str) -> None:
    """An SVG of the ninth step has all it needs, on its ground."""
    assert name == "a-mini-neural-network-backward-3.svg"
    root = ET.fromstring(text)
    assert root.findtext(f"{SVG}title") == "A mini neural network, backward 3"
    assert (root.findtext(f"{SVG}desc") or "").startswith("Backward 3 of 5")
    assert root.find(f"{SVG}rect").get("fill") == ground  # type: ignore[union-attr]
    assert {node.get("data-id") for node in root.iter(f"{SVG}g") if "node" in (node.get("class") or "").split()} == {
        "W1", "x", "z1.1", "b1", "z1", "a1", "W2", "y.1", "b2", "y",
    }  # fmt: skip
    assert b"var(" not in text
    assert b"style=" not in text
    assert not [element.tag for element in root.iter() if "script" in element.tag]
    # Nothing is named that is not there.
    known = {element.get("id") for element in root.iter()}
    used = [value for element in root.iter() for value in element.attrib.values() if value.startswith("url(")]
    assert used
    assert all(value[5:-1] in known for value in used)


def png_has_the_size_that_it_says(lab: Lab) -> None:
    """Of the ninth step, in the open dialog."""
    lab.page.get_by_role("radio", name="PNG", exact=True).check()
    lab.page.get_by_role("radio", name="4×").check()
    lab.rest()
    name, data = downloaded(lab, "Download PNG")
    assert name == "a-mini-neural-network-backward-3.png"
    assert data.startswith(b"\x89PNG")
    width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    expect(lab.page.locator("label", has_text="4×")).to_contain_text(f"{width:,} × {height:,} px")


def svg_looks_elsewhere_as_it_does_here(lab: Lab) -> None:
    """The end, as in the window; takes away what lies over the stage."""
    lab.press("End")
    lab.at_step(11)
    opened(lab, "SVG")
    lab.page.get_by_role("radio", name="As in the window").check()
    _, text = downloaded(lab, "Download SVG")
    lab.press("Escape")
    lab.page.locator("#legend, #stage-bar, #search, #minimap").evaluate_all("all => all.forEach(each => each.remove())")
    lab.rest()
    stage = lab.page.locator("#stage").bounding_box()
    assert stage is not None
    clip = {name: stage[name] for name in ("x", "y", "width", "height")}
    here = lab.page.screenshot(clip=clip)  # type: ignore[arg-type]
    page = lab.page.context.new_page()
    page.set_viewport_size({"width": round(stage["width"]), "height": round(stage["height"])})
    page.set_content(f'<body style="margin:0">{text.decode().split("?>", 1)[1]}</body>')
    there = page.screenshot()
    page.close()
    differing = in_a_bare_page(lab, COMPARE, [base64.b64encode(each).decode() for each in (here, there)])
    # The stage's own dots, a text's rounding: but no mark, line or halo may be missing.
    assert differing < 0.02


COMPARE = """async (pictures) => {
  const [a, b] = await Promise.all(pictures.map(async (data) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  }));
  const [width, height] = [Math.min(a.width, b.width), Math.min(a.height, b.height)];
  let differing = 0;
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) {
    const [p, q] = [4 * (y * a.width + x), 4 * (y * b.width + x)];
    if ([0, 1, 2].some((c) => Math.abs(a.data[p + c] - b.data[q + c]) > 40)) differing += 1;
  }
  return differing / (width * height);
}"""


@pytest.mark.motion
def test_films_show_the_step_and_leave_the_reader_where_he_was(lab: Lab) -> None:
    lab.to(8.45)
    lab.in_step(9)
    lab.rest()
    head = lab.page.locator("#lanes .head").get_attribute("style") or ""
    opened(lab, "GIF")
    lab.page.get_by_role("radio", name="Backward pass").check()
    pick(lab, "Size").select_option(index=0)
    pick(lab, "Speed").select_option("4×")
    pick(lab, "Frames/s").select_option("10")
    a_gif_shows_the_step(lab)
    # For who wants no motion on the page, a film moves all the same.
    lab.page.emulate_media(reduced_motion="reduce")
    for choice, magic in (("WebM", b"\x1a\x45\xdf\xa3"), ("MP4", b"ftyp")):
        radio = lab.page.get_by_role("radio", name=choice, exact=True)
        if choice == "WebM" or radio.is_enabled():  # not every Chromium can encode MP4
            radio.check()
            a_video_plays(lab, choice, magic)
    lab.page.emulate_media(reduced_motion="no-preference")
    lab.press("Escape")
    expect(lab.page.locator("#lanes .head")).to_have_attribute("style", head)


def a_gif_shows_the_step(lab: Lab) -> None:
    """Of the size and length that the dialog says."""
    name, data = downloaded(lab, "Download GIF")
    assert name == "a-mini-neural-network-backward.gif"
    frames = lab.page.evaluate(DECODE_GIF, base64.b64encode(data).decode())
    told = lab.page.locator("figcaption")
    expect(told).to_contain_text(f"{len(frames)} frames")
    expect(told).to_contain_text(f"{sum(frame['duration'] for frame in frames) / 1000:.1f} s")
    assert {frame["width"] for frame in frames} == {640}
    assert 10 * frames[0]["lit"] < frames[-1]["lit"], [frame["lit"] for frame in frames]
    assert next(frame["lit"] for frame in frames if frame["lit"] > frames[0]["lit"]) < frames[-1]["lit"]
    expect(lab.page.get_by_role("status").filter(has_text="Saved")).to_contain_text(name)


def a_video_plays(lab: Lab, choice: str, magic: bytes) -> None:
    """In a page that knows nothing of ours."""
    pick(lab, "Size").select_option(index=0)
    pick(lab, "Speed").select_option("4×")
    lab.rest()
    name, data = downloaded(lab, f"Download {choice}")
    ending = choice.lower()
    assert name == f"a-mini-neural-network-backward.{ending}"
    assert magic in data[:16], choice
    video = in_a_bare_page(lab, PLAY_VIDEO, {"data": base64.b64encode(data).decode(), "type": f"video/{ending}"})
    assert video["width"] == 640, choice
    assert video["duration"] > 2.5, choice
    assert 10 * video["lit"][0] < video["lit"][1], choice


def test_a_film_tells_how_far_it_is_and_can_be_cancelled(lab: Lab) -> None:
    saved: list[Download] = []
    lab.page.on("download", lambda download: saved.append(download))
    opened(lab, "GIF")
    pick(lab, "Size").select_option(index=3)
    lab.page.get_by_role("button", name="Download GIF").click()
    expect(lab.page.get_by_role("progressbar")).to_be_visible()
    expect(lab.page.locator(".export .foot")).to_contain_text("Frame")
    # The page goes on meanwhile, and so does the film when the dialog is closed.
    lab.press("Escape")
    lab.press("ArrowRight")
    lab.at_step(1)
    lab.press("x")
    lab.page.get_by_role("button", name="Cancel").click()
    expect(lab.page.get_by_role("progressbar")).to_have_count(0)
    expect(lab.page.get_by_role("button", name="Download GIF")).to_be_enabled()
    expect(lab.page.locator(".offstage")).to_have_count(0)
    lab.rest()
    assert saved == []


def test_texts_are_saved_and_the_graph_is_copied(open_lab: OpenLab) -> None:
    lab = open_lab(permissions=["clipboard-read", "clipboard-write"])
    lab.press("End")
    lab.at_step(11)
    json_is_the_apis_own_answer(lab)
    copied = lab.page.get_by_role("status").filter(has_text="Copied")
    for choice, ending, begin in (("Mermaid", "mmd", "%% A mini"), ("DOT", "dot", 'digraph "A mini')):
        lab.page.get_by_role("radio", name=choice, exact=True).check()
        expect(copied).to_have_count(0)
        lab.rest()
        name, data = downloaded(lab, f"Download {choice}")
        assert name == f"a-mini-neural-network-end.{ending}"
        text = data.decode()
        assert text.startswith(begin)
        assert "z1 = W1 @ x + b1" in text
        lab.page.get_by_role("button", name="Copy", exact=True).click()
        expect(copied).to_be_visible()
        assert lab.page.evaluate("navigator.clipboard.readText()") == text


def json_is_the_apis_own_answer(lab: Lab) -> None:
    """Opens the dialog for it."""
    with lab.page.expect_response("**/api/v1/trace") as waiting:
        opened(lab, "JSON")
    name, data = downloaded(lab, "Download JSON")
    assert name == "a-mini-neural-network.json"
    assert data == waiting.value.body()
    assert json.loads(data)["output"] == "y"


def test_axe_finds_nothing_in_the_dialog(open_lab: OpenLab) -> None:
    lab = open_lab(color_scheme="dark")
    for choice, (width, height) in (("PNG", DESKTOP), ("JSON", DESKTOP), ("GIF", PHONE)):
        lab.page.set_viewport_size({"width": width, "height": height})
        lab.settle()
        opened(lab, choice)
        expect(lab.page.get_by_role("button", name=f"Download {choice}")).to_be_enabled()
        lab.rest()
        assert findings_in_both_themes(lab) == {}, choice
        assert lab.page.evaluate("[innerWidth, document.documentElement.scrollWidth <= innerWidth]") == [width, True]
        lab.press("Escape")
        expect(lab.page.get_by_role("dialog")).to_have_count(0)


def test_a_film_runs_over_the_steps_of_a_training(open_lab: OpenLab) -> None:
    lab = with_its_panel(open_lab(), BOWL)
    train(lab, 8)
    asked: list[int] = []

    def note(request: Request) -> None:
        body = request.post_data_json if request.url.endswith("/trace") else None
        if body and body.get("include") == ["numbers"] and "moments" not in body:
            asked.append(body["step"])

    lab.page.on("request", note)
    opened(lab, "GIF")
    lab.page.get_by_role("radio", name="Steps of the training").check()
    pick(lab, "Size").select_option(index=0)
    expect(lab.page.locator("figcaption")).to_contain_text("9 frames")
    name, data = downloaded(lab, "Download GIF")
    assert name.endswith("steps.gif")
    frames = lab.page.evaluate(DECODE_GIF, base64.b64encode(data).decode())
    assert len(frames) == 9
    # Each step has numbers of its own, and is asked for once.
    assert sorted(asked) == list(range(9))

"""Pages as SVG: well-formed, self-contained, the same picture as the PNG, refused where it cannot be."""

import base64
import re
import shutil
import subprocess
import urllib.request
import xml.etree.ElementTree as ElementTree

import pytest

import pictures
from calotype import FAST, ROOT, cli

SVG = "{http://www.w3.org/2000/svg}"
TEMPLATES = re.findall(r'CT_TEMPLATE\((\w+), "([^"|]+)',
                       (ROOT / "src/engines/scene/page/templates.def").read_text())
PAGES = {
    "poster": 'poster titled "Tea & <Cake>" with subtitle "Every \'Sunday\'"',
    "diagram": 'diagram: Client -> Gateway -> Store, Gateway -> Cache : "hit"',
    "arabic": 'poster titled "مهرجان القهوة 2026!"',
    "chart": "bar chart: Q1 10, Q2 25, Q3 18",
    "rows": "stacked bar chart: Q1: Shop 10, Web 25; Q2: Shop 12, Web 30",
    "radar": "radar chart: Speed 80, Power 65, Defense 70",
}


def svg_of(server, prompt, **changes):
    return server.picture(**FAST | {"prompt": prompt, "output_format": "svg"} | changes)


@pytest.mark.parametrize("prompt", list(PAGES.values()) + [
    f'{words} "Alpha": One 10, Two 20, Three 30' for _, words in TEMPLATES])
def test_the_document_is_sound_and_alone(server, prompt):
    data = svg_of(server, prompt)
    root = ElementTree.fromstring(data)
    assert root.tag == SVG + "svg" and root.get("viewBox") == "0 0 1024 1024"
    assert root.find(SVG + "title").text and root.find(SVG + "desc").text
    for element in root.iter():
        assert element.tag.split("}")[1] not in ("script", "style", "foreignObject", "a", "use")
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on") and "href" not in name.lower()
            assert "url(" not in value or re.fullmatch(r"url\(#[gb]\d+\)", value)


def test_text_is_text_to_the_letter(server):
    root = ElementTree.fromstring(svg_of(server, PAGES["poster"]))
    words = " ".join(element.text for element in root.iter(SVG + "text"))
    assert words == "Tea & <Cake> Every 'Sunday'"
    for element in root.iter(SVG + "text"):
        assert float(element.get("textLength")) > 0


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.skipif(not shutil.which("rsvg-convert"), reason="needs librsvg2-bin")
def test_it_looks_like_the_png(server, page):
    ours = server.picture(**FAST | {"prompt": PAGES[page]})
    done = subprocess.run(["rsvg-convert"], input=svg_of(server, PAGES[page]), check=True,
                          capture_output=True)
    difference = [abs(a - b) for a, b in zip(pictures.png_channel(ours, 1),
                                             pictures.png_channel(done.stdout, 1))]
    assert len(difference) == 1024 * 1024
    assert sum(difference) / len(difference) < 1.5
    assert sum(d > 64 for d in difference) / len(difference) < 0.01 # edges of letters


def test_the_url_serves_it_locked_up(server):
    status, _, reply = server.generate(**FAST | {"prompt": PAGES["chart"], "output_format": "svg",
                                                 "response_format": "url"})
    assert status == 200 and reply["output_format"] == "svg"
    with urllib.request.urlopen(reply["data"][0]["url"]) as got:
        assert got.headers["content-type"] == "image/svg+xml"
        assert got.headers["x-content-type-options"] == "nosniff"
        assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert got.read() == svg_of(server, PAGES["chart"])


def test_a_rendering_has_no_vectors(server):
    status, _, reply = server.generate(**FAST | {"prompt": "a red mug on a table",
                                                 "output_format": "svg"})
    error = reply["error"]
    assert status == 400
    assert (error["type"], error["code"], error["param"]) == (
        "image_generation_user_error", "invalid_value", "output_format")
    assert "png" in error["message"] and "rendering" in error["message"]


def test_it_says_what_it_leaves_out(server):
    prompt = 'poster titled "Bean Fest" with a red mug'
    for changes, left_out in [({}, False), ({"output_format": "svg"}, True)]:
        status, _, reply = server.generate(**FAST | {"prompt": prompt} | changes)
        assert status == 200
        assert any("red mug" in w and "SVG" in w for w in reply.get("warnings", [])) == left_out


def test_strict_knows_no_svg(strict_server):
    status, _, reply = strict_server.generate(**FAST | {"prompt": PAGES["chart"],
                                                        "output_format": "svg"})
    assert status == 400 and reply["error"]["code"] == "invalid_value"


def test_several_and_streamed(server):
    status, _, reply = server.generate(**FAST | {"prompt": PAGES["poster"], "output_format": "svg",
                                                 "n": 2})
    assert status == 200 and len(reply["data"]) == 2
    for one in reply["data"]:
        ElementTree.fromstring(base64.b64decode(one["b64_json"]))
    assert reply["data"][0]["b64_json"] != reply["data"][1]["b64_json"]


def test_the_command_line_infers_it(tmp_path):
    done = cli("generate", PAGES["diagram"], "--size", "1024x1024", "-o", "out.svg", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    ElementTree.parse(tmp_path / "out.svg")
    done = cli("generate", PAGES["diagram"], "--size", "1024x1024", "--format", "svg", cwd=tmp_path)
    assert done.stdout.strip().endswith(".svg")

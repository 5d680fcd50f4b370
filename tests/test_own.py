"""lenet.data.read_digit: photographs of MNIST's digits are read like the originals, and bad files are refused."""

import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from lenet.data import Stages, load_mnist, prepare, read_digit, split
from lenet.models import lenet5


@pytest.fixture(scope="module")
def validation():
    return split(load_mnist()[0])[1]


@pytest.fixture(scope="module")
def seven():
    """The seven of the book, enlarged: 0 to 1, 1 is ink."""
    return enlarged(load_mnist()[0].images[38], 280)


@pytest.fixture(scope="module")
def read():
    model = lenet5("tanh", weights="trained")
    return lambda digits: model.predict(prepare(np.asarray(digits)), verbose=0).argmax(axis=1)


def enlarged(digit, side, angle=0.0):
    image = Image.fromarray(digit).resize((side, side), Image.Resampling.BICUBIC).rotate(angle, Image.Resampling.BICUBIC)
    return np.asarray(image) / 255


def on_paper(ink, height=500, width=400, top=120, left=60):
    page = np.zeros((height, width))
    page[top : top + len(ink), left : left + ink.shape[1]] = ink
    return page


def save(values, path, **settings):
    Image.fromarray((255 * np.clip(values, 0, 1)).round().astype(np.uint8)).save(path, **settings)
    return path


def photograph(digit, path, random):
    """A digit on paper of some colour, turned a little, in a shadow, with grain, as JPEG."""
    side = int(random.integers(150, 300))
    top, left = random.integers(20, 380 - side, 2)
    page = on_paper(enlarged(digit, side, random.uniform(-8, 8)), 400, 400, top, left)
    direction = random.uniform(0, 2 * np.pi)
    y, x = np.mgrid[:400, :400] / 400 - 0.5
    light = 0.7 + 0.3 * (np.cos(direction) * x + np.sin(direction) * y) / 0.71  # the dark corner has less than half
    grey = light * (1 - random.uniform(0.5, 0.9) * page) + random.normal(0, 0.03, page.shape)
    colour = np.array([1, 0.95, random.uniform(0.6, 0.95)])  # yellowish
    save(grey[:, :, np.newaxis] * colour, path, quality=80)


def test_a_digit_of_mnist_comes_back(validation, tmp_path):
    alike = []
    for digit in validation.images[:40]:
        again = read_digit(save(1 - enlarged(digit, 560), tmp_path / "digit.png"))
        assert again.dtype == np.uint8 and again.shape == (28, 28)
        moves = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1)]  # a centre between two pixels may go to either
        alike.append(max(np.corrcoef(np.roll(again, move, (0, 1)).ravel(), digit.ravel())[0, 1] for move in moves))
    assert min(alike) > 0.85 and np.mean(alike) > 0.93


def test_size_and_place_are_those_of_mnist(validation, tmp_path):
    for digit in validation.images[40:80]:
        again = read_digit(save(1 - enlarged(digit, 560), tmp_path / "digit.png"))
        rows, columns = np.nonzero(again)
        assert max(np.ptp(rows), np.ptp(columns)) + 1 == 20
        centre = [(again.sum(axis=1 - axis) * np.arange(28.0)).sum() / again.sum() for axis in (0, 1)]
        assert np.abs(np.array(centre) - 14).max() <= 0.51  # whole pixels


def test_photographs_are_read_like_the_originals(validation, read, tmp_path):
    few, random, digits = validation[:150], np.random.default_rng(0), []
    for digit in few.images:
        photograph(digit, tmp_path / "photograph.jpg", random)
        digits.append(read_digit(tmp_path / "photograph.jpg"))
    assert (read(digits) == read(few.images)).mean() > 0.95


def variants(seven, path):
    """The seven as many kinds of pictures. Each gives the name and the path."""
    page = on_paper(seven)
    dark = 1 - 0.9 * page
    levels = Image.fromarray((255 * dark).astype(np.uint8))
    yield "light on dark", save(0.1 + 0.8 * page, path / "chalk.png")
    yield "pencil in the shade", save(np.linspace(0.9, 0.4, 400) * (1 - 0.3 * page), path / "pencil.png")
    hard = np.where(np.arange(400) > 330, 0.45, 0.9)
    yield "the edge of a shadow", save(hard * dark, path / "edge.png")
    table = dark.copy()
    table[:, :30] = 0.1
    yield "the edge of a table", save(table, path / "table.png")
    specks = dark.copy()
    specks[40:46, 300:306] = specks[450:453, 20:30] = 0.1
    yield "specks", save(specks, path / "specks.png")
    levels.convert("P").save(path / "palette.gif")
    yield "a palette", path / "palette.gif"
    Image.fromarray((65535 * (1 - 0.5 * page) * 0.5).astype(np.uint16)).save(path / "deep.png")
    yield "16 bits", path / "deep.png"
    Image.fromarray((1 - page).astype(np.float32) * 1000).save(path / "float.tif")
    yield "fractions", path / "float.tif"
    levels.point(lambda value: 255 * (value > 128)).convert("1").save(path / "bits.png")
    yield "black and white", path / "bits.png"
    levels.convert("CMYK").save(path / "print.jpg")
    yield "four colours", path / "print.jpg"
    glass = Image.new("RGBA", levels.size, (0, 0, 0, 0))
    glass.putalpha(Image.fromarray((255 * page).astype(np.uint8)))
    glass.save(path / "glass.png")
    yield "black on nothing", path / "glass.png"
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    levels.transpose(Image.Transpose.ROTATE_90).save(path / "turned.jpg", exif=exif)
    yield "a camera held upright", path / "turned.jpg"
    levels.resize((8000, 10_000)).save(path / "huge.png")
    yield "ten thousand pixels", path / "huge.png"
    levels.resize((32, 40), Image.Resampling.BOX).save(path / "small.png")
    yield "forty pixels", path / "small.png"
    thin = Image.fromarray((255 * page).astype(np.uint8)).filter(ImageFilter.MinFilter(19))
    yield "a thin pen", save(1 - np.asarray(thin) / 255, path / "thin.png")


def test_many_kinds_of_pictures(seven, read, tmp_path):
    names, paths = zip(*variants(seven, tmp_path))
    wrong = {name: answer for name, answer in zip(names, read([read_digit(path) for path in paths])) if answer != 7}
    assert not wrong


def test_stages(seven, tmp_path):
    page = np.linspace(0.9, 0.5, 400) * (1 - 0.8 * on_paper(seven))
    page[20:23, 20:23] = 0.1  # a speck
    stages = read_digit(str(save(page, tmp_path / "seven.png")), stages=True)
    assert isinstance(stages, Stages) and np.array_equal(stages.digit, read_digit(tmp_path / "seven.png"))
    for image in stages[:5]:
        assert image.shape == (500, 400) and image.dtype == float and image.min() >= 0 and image.max() <= 1
    assert np.abs(stages.paper - np.linspace(0.9, 0.5, 400)).max() < 0.06  # the shadow, and no digit
    assert np.abs(stages.darkness - 0.8 * on_paper(seven))[40:].mean() < 0.02
    assert stages.found[:40].sum() == 0 and (stages.found == (on_paper(seven) > 0.5)).mean() > 0.98
    assert max(stages.scaled.shape) == 20


def test_thin_strokes_are_widened_and_those_of_mnist_are_not(seven, validation, tmp_path):
    thin = Image.fromarray((255 * on_paper(seven)).astype(np.uint8)).filter(ImageFilter.MinFilter(19))
    stages = read_digit(save(1 - np.asarray(thin) / 255, tmp_path / "thin.png"), stages=True)
    assert stages.ink.sum() > 1.5 * stages.found.sum() and (stages.ink >= stages.found).all()
    for digit in validation.images[:30]:
        stages = read_digit(save(1 - enlarged(digit, 560), tmp_path / "digit.png"), stages=True)
        assert np.array_equal(stages.ink, stages.found)


def pages():
    random = np.random.default_rng(0)
    yield "white", np.ones((300, 200)), "a blank page"
    yield "black", np.zeros((300, 200)), "a blank page"
    yield "grain", 0.8 + random.normal(0, 0.08, (600, 400)), "a blank page"
    yield "shadow", np.linspace(0.9, 0.3, 400) * np.ones((300, 1)), "a blank page"
    yield "one pixel", np.ones((1, 1)), "a blank page"
    speck = np.ones((800, 800))
    speck[400:408, 400:408] = 0
    yield "a speck", speck, "nothing larger than a speck"
    yield "a strip", np.ones((4, 900)), "a strip of 900 × 4 pixels"


@pytest.mark.parametrize("name, values, found", list(pages()), ids=lambda value: value if isinstance(value, str) else "")
def test_refuses_what_shows_no_digit(tmp_path, name, values, found):
    path = save(values, tmp_path / "page.png")
    with pytest.raises(ValueError, match=found) as caught:
        read_digit(path)
    assert str(path) in str(caught.value) and "expected" in str(caught.value) and "paper" in str(caught.value)


def test_refuses_several_digits(validation, tmp_path):
    pair = np.hstack([enlarged(digit, 200) for digit in validation.images[:2]])
    with pytest.raises(ValueError, match="expected one digit, found several side by side. Cut the picture"):
        read_digit(save(1 - on_paper(pair, 400, 500, 100, 50), tmp_path / "pair.png"))


def test_a_digit_in_two_pieces_is_one_digit(tmp_path):
    five = np.zeros((300, 240))
    five[60:80, 110:180] = 1  # the hat, which does not touch
    five[60:150, 80:98] = five[140:158, 80:160] = five[150:240, 150:168] = five[225:243, 70:160] = 1
    stages = read_digit(save(1 - five, tmp_path / "five.png"), stages=True)
    assert stages.found[:120, 170:].any()


def test_refuses_what_is_no_picture(tmp_path):
    with pytest.raises(FileNotFoundError, match="none.jpg: expected a picture, found what cannot be read: .*No such file.* Correct the path"):
        read_digit(tmp_path / "none.jpg")
    with pytest.raises(ValueError, match="expected a picture, found what cannot be read: IsADirectoryError.* Correct the path"):
        read_digit(tmp_path)
    for content in [b"", b"a seven", bytes(5000)]:
        (tmp_path / "seven.jpg").write_bytes(content)
        with pytest.raises(ValueError, match="expected a picture, found what cannot be read: .*cannot identify image file.* save it as a smaller PNG or JPEG."):
            read_digit(tmp_path / "seven.jpg")


def test_refuses_a_picture_that_is_too_large(tmp_path, monkeypatch):
    Image.new("1", (200, 200), 1).save(tmp_path / "page.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10_000)
    with pytest.raises(ValueError, match="40000 pixels.* exceeds limit of 20000 pixels.* save it as a smaller PNG or JPEG."):
        read_digit(tmp_path / "page.png")


@pytest.mark.parametrize("ending", ["jpg", "png", "gif", "bmp", "tif"])
def test_a_picture_that_was_cut_short(seven, tmp_path, ending):
    grain = np.random.default_rng(0).normal(0, 0.02, (500, 400))
    content = save(0.9 - 0.8 * on_paper(seven) + grain, tmp_path / f"whole.{ending}").read_bytes()
    path = tmp_path / f"part.{ending}"
    for length in [len(content) // 2, len(content) // 10, 40]:
        path.write_bytes(content[:length])
        with pytest.raises(ValueError, match="expected a picture, found what cannot be read: .* Correct the path, or save it"):
            read_digit(path)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 3000), value=st.integers(0, 255), ending=st.sampled_from(["jpg", "png", "gif"]))
def test_a_damaged_picture_gives_a_digit_or_an_error(tmp_path_factory, place, value, ending):
    path = tmp_path_factory.getbasetemp() / f"damaged.{ending}"
    content = bytearray(save(1 - on_paper(np.ones((150, 30)), 300, 200, 70, 80), path).read_bytes())
    content[place % len(content)] = value
    path.write_bytes(content)
    try:
        assert read_digit(path).shape == (28, 28)
    except ValueError as problem:
        assert str(path) in str(problem)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the super-user may read every file")
def test_no_permission(seven, tmp_path):
    path = save(1 - seven, tmp_path / "seven.png")
    path.chmod(0)
    with pytest.raises(PermissionError, match="seven.png: expected a picture, found what cannot be read: PermissionError"):
        read_digit(path)


def test_no_permission_is_told_with_the_file(seven, tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Image, "open", refuse)
    with pytest.raises(PermissionError, match="seven.png: expected a picture, found what cannot be read: .*Permission denied. Correct the path"):
        read_digit(save(1 - seven, tmp_path / "seven.png"))

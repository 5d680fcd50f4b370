"""lenet.models: the published shape, layer by layer, and weights that come back equal or not at all."""

import keras
import numpy as np
import pytest
from safetensors.numpy import load_file

from lenet.data import data_folder, load_mnist, prepare
from lenet.layers import BITMAPS, C3_TABLE, scaled_tanh
from lenet.models import lenet5, load_weights, named_weights, read_tensors, save_weights
from lenet.study.weights import median_run

# Layer: output shape without the batch, weights. LeCun et al. 1998, section II-B, in the everyday version.
LAYERS = {
    "C1": ((28, 28, 6), 156),
    "S2": ((14, 14, 6), 0),
    "C3": ((10, 10, 16), 2_416),
    "S4": ((5, 5, 16), 0),
    "C5": ((1, 1, 120), 48_120),
    "F6": ((84,), 10_164),
    "output": ((10,), 850),
}


BENDS = {
    "tanh": ["tanh"] * 4,
    "relu": ["relu", "relu", "relu", "tanh"],
    "relu-all": ["relu"] * 4,
    "scaled-tanh": ["scaled_tanh"] * 4,
    "sigmoid": ["sigmoid"] * 4,
    "silu": ["silu"] * 4,
}


@pytest.mark.parametrize("preset, bends", BENDS.items())
def test_layers(preset, bends):
    model = lenet5(preset)
    assert {name: (model.get_layer(name).output.shape[1:], model.get_layer(name).count_params()) for name in LAYERS} == LAYERS
    assert model.count_params() == 61_706
    assert [model.get_layer(name).activation.__name__ for name in ("C1", "C3", "C5", "F6")] == bends
    assert model.get_layer("output").activation.__name__ == "softmax"


def test_forward_pass_in_numpy():
    """The whole network again in float64, by sums over windows, without Keras."""
    model = lenet5("tanh", weights="trained")
    w = {name: value.astype(np.float64) for name, value in named_weights(model).items()}
    image = prepare(load_mnist()[1].images[:2])

    def convolve(x, kernel, bias):
        windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
        return np.einsum("nhwcij,ijco->nhwo", windows, kernel) + bias

    def pool(x):
        n, height, width, maps = x.shape
        return x.reshape(n, height // 2, 2, width // 2, 2, maps).mean(axis=(2, 4))

    x = image.astype(np.float64)
    x = pool(np.tanh(convolve(x, w["C1/kernel"], w["C1/bias"])))
    x = pool(np.tanh(convolve(x, w["C3/kernel"], w["C3/bias"])))
    x = np.tanh(convolve(x, w["C5/kernel"], w["C5/bias"])).reshape(2, 120)
    x = np.tanh(x @ w["F6/kernel"] + w["F6/bias"]) @ w["output/kernel"] + w["output/bias"]
    expected = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(model.predict(image, verbose=0), expected, atol=1e-5)


def test_the_network_of_1998():
    """LeCun et al. 1998, section II-B: 60,000 weights, 340,908 connections, and the smallest distance as the answer."""
    model = lenet5("paper")
    published = {  # output shape, weights, connections
        "C1": ((28, 28, 6), 156, 122_304),
        "S2": ((14, 14, 6), 12, 5_880),
        "C3": ((10, 10, 16), 1_516, 151_600),
        "S4": ((5, 5, 16), 32, 2_000),
        "C5": ((1, 1, 120), 48_120, 48_120),
        "F6": ((84,), 10_164, 10_164),
        "distances": ((10,), 0, 840),
    }
    counted = {}
    for name in published:
        layer = model.get_layer(name)
        shape = layer.output.shape[1:]
        places = shape[0] * shape[1] if len(shape) == 3 else 1
        if name.startswith("S"):  # four inputs and a bias for each number
            connections = places * shape[2] * (4 + 1)
        elif name == "C3":
            connections = sum(places * (25 * len(maps) + 1) for maps in C3_TABLE)
        elif name == "distances":
            connections = layer.codes.size
        else:
            connections = places * layer.count_params()
        counted[name] = (shape, layer.count_params(), connections)
    assert counted == published
    assert model.count_params() == sum(w.numpy().size for w in model.trainable_weights) == 60_000
    assert sum(connections for _, _, connections in counted.values()) == 340_908
    assert [model.get_layer(name).activation for name in ("C1", "S2", "C3", "S4", "C5", "F6")] == [scaled_tanh] * 6
    assert np.array_equal(model.get_layer("distances").codes, BITMAPS)


def test_the_network_of_1998_in_numpy(tmp_path):
    """The whole network again in float64, by sums over windows; and again from a .keras and from a safetensors file."""
    import keras

    model = lenet5("paper", seed=4)
    w = {name: value.astype(np.float64) for name, value in named_weights(model).items()}
    image = prepare(load_mnist()[1].images[:20])

    def bend(x):
        return 1.7159 * np.tanh(2 * x / 3)

    def convolve(x, kernel, bias):
        windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
        return bend(np.einsum("nhwcij,ijco->nhwo", windows, kernel) + bias)

    def pool(x, coefficient, bias):
        n, height, width, maps = x.shape
        return bend(coefficient * x.reshape(n, height // 2, 2, width // 2, 2, maps).sum(axis=(2, 4)) + bias)

    everywhere, place = np.zeros((5, 5, 6, 16)), 0
    for k, maps in enumerate(C3_TABLE):
        for m in maps:
            everywhere[:, :, m, k] = w["C3/kernel"][:, :, place]
            place += 1
    x = convolve(image.astype(np.float64), w["C1/kernel"], w["C1/bias"])
    x = pool(x, w["S2/coefficient"], w["S2/bias"])
    x = pool(convolve(x, everywhere, w["C3/bias"]), w["S4/coefficient"], w["S4/bias"])
    x = convolve(x, w["C5/kernel"], w["C5/bias"]).reshape(20, 120)
    x = bend(x @ w["F6/kernel"] + w["F6/bias"])
    distances = ((x[:, np.newaxis] - BITMAPS) ** 2).sum(axis=2)
    answers, found = keras.Model(model.input, [model.output, model.get_layer("distances").output]).predict(image, verbose=0)
    np.testing.assert_allclose(found, distances, rtol=1e-4)
    shifted = np.exp(distances.min(axis=1, keepdims=True) - distances)
    np.testing.assert_allclose(answers, shifted / shifted.sum(axis=1, keepdims=True), atol=1e-3)
    assert np.array_equal(answers.argmax(axis=1), distances.argmin(axis=1))

    model.save(tmp_path / "model.keras")
    save_weights(model, tmp_path / "weights.safetensors")
    for again in (
        keras.models.load_model(tmp_path / "model.keras", safe_mode=True),
        lenet5("paper", tmp_path / "weights.safetensors", seed=5),
    ):
        np.testing.assert_array_equal(again.predict(image, verbose=0), answers)


def test_the_network_of_1998_learns():
    from lenet.training import Recipe, error, train

    digits = load_mnist()[0][:1000]
    model = lenet5("paper", seed=1, initial="1998-root")
    run = train(model, digits, recipe=Recipe(5, batch_size=50), progress=False)
    assert run.epochs[-1].loss < 0.5 * run.epochs[0].loss and error(model, digits) < 15


def test_seeds_and_presets():
    first, again, other = (named_weights(lenet5(seed=seed)) for seed in (1, 1, 2))
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert not np.array_equal(first["C1/kernel"], other["C1/kernel"])
    assert not np.array_equal(first["C1/kernel"].ravel()[:50], first["C3/kernel"].ravel()[:50])
    with pytest.raises(ValueError, match="Expected a preset among tanh, relu, .* received 'gelu'"):
        lenet5("gelu")


def test_rules_for_the_first_weights():
    """One draw per seed, scaled by the rule; the paper of each rule gives its reach."""
    drawn = {rule: named_weights(lenet5(seed=3, initial=rule)) for rule in ("lecun", "glorot", "he")}
    relu = named_weights(lenet5("relu-all", seed=3, initial="he"))
    assert all(np.array_equal(drawn["he"][name], relu[name]) for name in relu)
    for name, inputs, outputs in [("C1/kernel", 25, 150), ("C3/kernel", 150, 400), ("C5/kernel", 400, 3_000), ("F6/kernel", 120, 84)]:
        for rule, reach in {"lecun": (3 / inputs) ** 0.5, "glorot": (6 / (inputs + outputs)) ** 0.5, "he": (6 / inputs) ** 0.5}.items():
            largest = np.abs(drawn[rule][name]).max()
            assert 0.9 * reach < largest <= reach * 1.00001
            np.testing.assert_allclose(drawn[rule][name] / reach, drawn["lecun"][name] * (inputs / 3) ** 0.5, rtol=1e-4, atol=1e-6)
    later, root = (named_weights(lenet5("paper", seed=3, initial=rule)) for rule in ("eblearn", "1998-root"))
    np.testing.assert_allclose(later["S4/coefficient"], root["S4/coefficient"] / 2.4, rtol=1e-5)
    with pytest.raises(ValueError, match="Expected a rule among lecun, glorot, he, 1998, 1998-root, eblearn, received 'normal'"):
        lenet5(initial="normal")


def test_parts_that_differ_from_the_preset():
    """Between the network of 1998 and that of today, part by part: the weights of each, and its first ones where they stay the same."""
    counts = {"output": (0, 850), "pooling": (44, 0), "table": (1516, 2416)}
    changes, total, before = {}, 60_000, named_weights(lenet5("paper", seed=3, initial="1998-root"))
    for part, value in {"output": "softmax", "pooling": "average", "table": False}.items():
        changes[part], total = value, total - counts[part][0] + counts[part][1]
        model = lenet5("paper", seed=3, initial="1998-root", **changes)
        assert model.count_params() == total
        for name in ("C1/kernel", "C5/kernel", "F6/kernel"):
            np.testing.assert_array_equal(named_weights(model)[name], before[name])
    assert total == 61_706
    coefficients = lenet5("paper", coefficient=0.25).get_layer("S4").get_weights()[0]
    np.testing.assert_array_equal(coefficients, np.full(16, 0.25, np.float32))
    x = np.random.default_rng(0).normal(size=(2, 32, 32, 1)).astype(np.float32)
    average, largest = (keras.Model(m.input, [m.get_layer(n).output for n in ("C1", "S2")]) for m in (lenet5("relu"), lenet5("relu", pooling="max")))
    for network, reduce in [(average, np.mean), (largest, np.max)]:
        maps, smaller = (np.asarray(output) for output in network(x))
        np.testing.assert_allclose(smaller, reduce(maps.reshape(2, 14, 2, 14, 2, 6), axis=(2, 4)), rtol=1e-5, atol=1e-6)


def test_bitmaps_without_a_bar():
    """Only the first row of 0, 2, 4 and 5 differs."""
    with_bar, without = (lenet5("paper", output=output).get_layer("distances").codes for output in ("distances", "distances, no bar"))
    different = np.argwhere(with_bar != without)
    assert set(different[:, 0]) == {0, 2, 4, 5} and different[:, 1].max() < 7 and (without[[0, 2, 4, 5], :7] == -1).all()


@pytest.mark.parametrize("changes, message", [({"pool": "max"}, "Expected parts among bend, .* received 'pool'"), ({"pooling": "median"}, "Expected a pooling and an output as in Parts, received 'median'")])
def test_parts_that_do_not_exist(changes, message):
    with pytest.raises(ValueError, match=message):
        lenet5("relu", **changes)


@pytest.mark.parametrize("preset", ["tanh", "paper"])
def test_rules_of_1998_for_the_first_weights(preset):
    reaches = {"1998": lambda n: 2.4 / n, "1998-root": lambda n: 2.4 / n**0.5}
    if preset == "paper":
        reaches |= {"lecun": lambda n: (3 / n) ** 0.5, "he": lambda n: (6 / n) ** 0.5}
        with pytest.raises(ValueError, match="Expected a rule that counts inputs alone for the parts of 1998, received 'glorot'"):
            lenet5("paper", initial="glorot")
    everyday = named_weights(lenet5(seed=3))
    for rule, reach in reaches.items():
        drawn = named_weights(lenet5(preset, seed=3, initial=rule))
        for name, inputs in {"C1/kernel": 25, "C5/kernel": 400, "F6/kernel": 120}.items():
            assert 0.9 * reach(inputs) < np.abs(drawn[name]).max() <= reach(inputs) * 1.00001
            np.testing.assert_allclose(drawn[name] / reach(inputs), everyday[name] * (inputs / 3) ** 0.5, rtol=1e-4, atol=1e-6)
        assert np.abs(drawn["C3/kernel"]).max() <= reach(75 if preset == "paper" else 150) * 1.00001
        if preset == "paper":
            assert np.abs(drawn["S4/coefficient"]).max() <= reach(4) and not np.array_equal(drawn["S2/coefficient"], drawn["S4/coefficient"][:6])
            assert not any(drawn[f"{layer}/bias"].any() for layer in ("C1", "S2", "C3", "S4", "C5", "F6"))


def test_weights_come_back_equal(tmp_path):
    path = tmp_path / "weights.safetensors"
    first = lenet5(seed=1)
    save_weights(first, path, {"seed": "1"})
    second = lenet5(seed=2, weights=path)
    for name, value in named_weights(first).items():
        assert np.array_equal(value, named_weights(second)[name]) and value.dtype == np.float32
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_bad_weights_leave_the_model_alone(tmp_path, monkeypatch):
    import keras

    model = lenet5(seed=1)
    before = named_weights(model)
    narrow = keras.Sequential([keras.Input((32, 32, 1)), keras.layers.Conv2D(5, 5, name="C1")])
    path = tmp_path / "weights.safetensors"
    save_weights(narrow, path)
    with pytest.raises(ValueError, match=r"C1/kernel has the shape \(5, 5, 1, 6\), found \(5, 5, 1, 5\)"):
        load_weights(model, path)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(ValueError, match="expected a safetensors file, found one that cannot be read"):
        load_weights(model, path)
    with pytest.raises(FileNotFoundError, match="expected a safetensors file of weights, found none"):
        load_weights(model, tmp_path / "none.safetensors")
    assert all(np.array_equal(before[name], value) for name, value in named_weights(model).items())

    save_weights(model, path)
    kept = path.read_bytes()

    def full_disk(tensors, file, metadata):
        open(file, "wb").write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("safetensors.numpy.save_file", full_disk)
    with pytest.raises(OSError, match="No space left"):
        save_weights(model, path)
    assert path.read_bytes() == kept and len(list(tmp_path.iterdir())) == 1  # the old file is whole, nothing half-written


@pytest.mark.parametrize("preset, epochs", [("tanh", 10), ("relu", 10), ("paper", 20)])
def test_snapshots(preset, epochs):
    snapshots = read_tensors(data_folder() / "weights" / f"{preset}-epochs.safetensors")
    final = load_file(data_folder() / "weights" / f"{preset}.safetensors")
    assert sorted({name.split("/")[0] for name in snapshots}) == [f"epoch-{n:02}" for n in range(epochs + 1)]
    for name, value in final.items():
        assert np.array_equal(snapshots[f"epoch-{epochs}/{name}"], value)
    median = median_run("paper1998", "plain")
    fresh = lenet5(preset, seed=median["seed"], initial=median["config"]["initial"], **median["config"]["parts"]) if preset == "paper" else lenet5(preset, seed=0)
    for name, value in named_weights(fresh).items():
        np.testing.assert_allclose(snapshots[f"epoch-00/{name}"], value, atol=1e-6)

"""lenet.sdlm against a recursion written out unit by unit, against exact second derivatives, and as a way to learn."""

import resource

import keras
import numpy as np
import pytest
import tensorflow as tf

from lenet.data import load_mnist, prepare, split
from lenet.distort import Distortion, enlarged
from lenet.layers import EuclideanRBF, TableConv2D, TrainableSubsampling, scaled_tanh
from lenet.losses import MAP, Distance
from lenet.models import lenet5, named_weights
from lenet.sdlm import SDLM
from lenet.training import Recipe1998, train_sdlm

TABLE = [[0, 2], [1], [2, 0, 1]]
L = keras.layers


@pytest.fixture(scope="module")
def digits():
    training, validation = split(load_mnist()[0])
    return training[:500], validation[:200]


@pytest.fixture
def float64():
    for dtype in ("float64", "float32"):
        keras.config.set_floatx(dtype)
        keras.config.set_dtype_policy(dtype)
        if dtype == "float64":
            yield


def chain(shape, *layers, codes=3, seed=0, zero_error_for=None):
    """A model of these layers and random weights; its codes are random, or what it answers to one image."""
    generator = np.random.default_rng(seed)
    image = keras.Input(shape)
    x = image
    for layer in layers:
        x = layer(x)
        layer.set_weights([generator.normal(0, 0.5, w.shape) for w in layer.weights])
    drawn = generator.normal(size=(codes, x.shape[-1]))
    if zero_error_for is not None:
        drawn[:] = keras.Model(image, x)(zero_error_for)
    return keras.Model(image, EuclideanRBF(drawn, name="distances")(x))


# The recursion, unit by unit: a connection is the units that are summed (none for a bias), the unit they go to, and their weight.


def connections(layer):
    places = {}
    if isinstance(layer, (L.Flatten, L.Reshape)):
        return None
    outputs = layer.output.shape[1:]
    inputs = np.arange(np.prod(layer.input.shape[1:])).reshape(layer.input.shape[1:])
    if isinstance(layer, TableConv2D):
        for k, maps in enumerate(layer.table):
            for m in maps:
                places[m, k] = len(places)
    for o, place in enumerate(np.ndindex(outputs)):
        if isinstance(layer, L.Dense):
            for i in range(len(inputs)):
                yield [i], o, (0, (i, place[0]))
        elif isinstance(layer, TrainableSubsampling):
            r, c, m = place
            yield from (([inputs[2 * r + a, 2 * c + b, m]], o, (0, (m,))) for a in (0, 1) for b in (0, 1))
        else:
            r, c, k = place
            high, wide = layer.kernel_size
            for m in layer.table[k] if isinstance(layer, TableConv2D) else range(inputs.shape[2]):
                for a in range(high):
                    for b in range(wide):
                        weight = (a, b, places[m, k]) if isinstance(layer, TableConv2D) else (a, b, m, k)
                        yield [inputs[r + a, c + b, m]], o, (0, weight)
        yield [], o, (1, (place[-1],))


def curvature_of_distance(x, codes):
    return [2.0] * len(x)


def curvature_of_map(x, codes, j=10.0):
    """2(1 − Σp) + 4(Σ p d² − (Σ p d)²), in plain numbers."""
    exponentials = [np.exp(-sum((x_j - c) ** 2 for x_j, c in zip(x, code))) for code in codes]
    p = [e / (np.exp(-j) + sum(exponentials)) for e in exponentials]
    return [
        2 * (1 - sum(p)) + 4 * (sum(q * (x_j - code[n]) ** 2 for q, code in zip(p, codes)) - sum(q * (x_j - code[n]) for q, code in zip(p, codes)) ** 2)
        for n, x_j in enumerate(x)
    ]


def unit_by_unit(model, images, start) -> dict[str, np.ndarray]:
    """h of each weight, the mean over the images."""
    layers = [layer for layer in model.layers[1:] if layer.name != "distances" and layer.name != "output"]
    found = {f"{layer.name}/{w.name}": np.zeros(w.shape) for layer in layers for w in layer.weights}
    wired = {layer.name: list(connections(layer)) for layer in layers}
    values = {layer.name: [w.numpy() for w in layer.weights] for layer in layers}
    for image in images:
        x, kept = [float(v) for v in image.ravel()], []
        for layer in layers:
            if not layer.weights:
                kept.append((x, None))
                continue
            a = [0.0] * int(np.prod(layer.output.shape[1:]))
            for ins, o, (n, weight) in wired[layer.name]:
                a[o] += values[layer.name][n][weight] * (sum(x[i] for i in ins) if ins else 1.0)
            kept.append((x, a))
            bent = layer.activation is scaled_tanh
            x = [1.7159 * np.tanh(2 / 3 * s) if bent else s for s in a]
        h = start(x, model.get_layer("distances").codes)
        for layer, (x, a) in zip(reversed(layers), reversed(kept)):
            if a is None:
                continue
            if layer.activation is scaled_tanh:
                h = [h_i * (1.7159 * 2 / 3 * (1 - np.tanh(2 / 3 * s) ** 2)) ** 2 for h_i, s in zip(h, a)]
            below = [0.0] * len(x)
            for ins, o, (n, weight) in wired[layer.name]:
                value = sum(x[i] for i in ins) if ins else 1.0
                found[f"{layer.name}/{layer.weights[n].name}"][weight] += h[o] * value**2 / len(images)
                for i in ins:
                    below[i] += h[o] * values[layer.name][n][weight] ** 2
            h = below
    return found


@pytest.mark.parametrize("criterion, start", [(Distance(), curvature_of_distance), (MAP(10.0), curvature_of_map)], ids=["distance", "map"])
@pytest.mark.parametrize("bend", [scaled_tanh, None], ids=["bent", "straight"])
def test_unit_by_unit(float64, criterion, start, bend):
    model = chain(
        (10, 8, 1),
        L.Conv2D(3, (3, 3), activation=bend),  # 8 × 6 × 3
        TrainableSubsampling(bend),  # 4 × 3 × 3
        TableConv2D(TABLE, (1, 2), activation=bend),  # 4 × 2 × 3
        TrainableSubsampling(bend),  # 2 × 1 × 3
        L.Conv2D(5, (2, 1), activation=bend),  # 1 × 1 × 5
        L.Flatten(),
        L.Dense(4, activation=bend),
    )
    images = np.random.default_rng(1).normal(size=(3, 10, 8, 1))
    compare(SDLM(model, curvature_of=criterion).curvatures(images), unit_by_unit(model, images, start))


def test_the_network_of_1998_unit_by_unit(float64, digits):
    """All 340,908 connections, for two digits."""
    model = lenet5("paper", seed=2, initial="1998-root")
    images = prepare(digits[0].images[:2]).astype(np.float64)
    compare(SDLM(model).curvatures(images), unit_by_unit(model, images, curvature_of_distance))


def test_single_precision_is_enough(float64, digits):
    images = prepare(digits[0].images[:2])
    model = lenet5("paper", seed=2)
    double = SDLM(model).curvatures(images)
    keras.config.set_floatx("float32")
    keras.config.set_dtype_policy("float32")
    twin = lenet5("paper")
    twin.set_weights(model.get_weights())
    single = SDLM(twin).curvatures(images)
    for name, h in single.items():
        assert h.dtype == np.float32 and double[name].dtype == np.float64
        np.testing.assert_allclose(h, double[name], rtol=1e-4, atol=1e-7)


def compare(found, expected):
    assert found.keys() == expected.keys() and len(found) > 0
    for name, h in expected.items():
        assert h.max() > 0
        np.testing.assert_allclose(found[name], h, rtol=1e-6, atol=1e-12, err_msg=name)


# Against the exact second derivative, by forward over backward differentiation.


def exact_second_derivatives(model, criterion, images, labels, places):
    """∂²E/∂w² at these places, {name: flat positions}, in the model's own precision."""
    variables = {f"{layer.name}/{w.name}": w.value for layer in model.layers for w in layer.weights}
    network = keras.Model(model.input, model.get_layer("distances").output)

    @tf.function
    def twice(directions):
        with tf.autodiff.ForwardAccumulator(list(variables.values()), directions) as forward:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(criterion.call(labels, network(images)))
            slopes = tape.gradient(loss, list(variables.values()))
        return [forward.jvp(slope) for slope in slopes]

    found = {}
    for index, name in enumerate(variables):
        found[name] = np.zeros(len(places[name]))
        for n, place in enumerate(places[name]):
            directions = [np.zeros(v.shape) for v in variables.values()]
            directions[index].flat[place] = 1.0
            found[name][n] = twice([tf.constant(d) for d in directions])[index].numpy().flat[place]
    return found


def assert_exact(model, images, criterion):
    labels = np.zeros(len(images), int)
    h = SDLM(model, criterion, criterion).curvatures(images)
    exact = exact_second_derivatives(model, criterion, images, labels, {name: range(value.size) for name, value in h.items()})
    assert h
    for name, value in h.items():
        np.testing.assert_allclose(value.ravel(), exact[name], rtol=1e-6, atol=1e-9, err_msg=name)


LAST = {  # the layer before the distances: nothing is dropped if it is straight, or if it is bent and the error is 0
    "convolution": ((4, 3, 2), lambda bend: [L.Conv2D(3, 2, activation=bend), L.Flatten()]),
    "table": ((4, 3, 3), lambda bend: [TableConv2D(TABLE, 2, activation=bend), L.Flatten()]),
    "subsampling": ((4, 6, 2), lambda bend: [TrainableSubsampling(bend), L.Flatten()]),
    "dense": ((5,), lambda bend: [L.Dense(4, activation=bend)]),
    "dense for each row": ((3, 5), lambda bend: [L.Dense(4, activation=bend), L.Flatten()]),
}


@pytest.mark.parametrize("name", LAST)
def test_exact_where_nothing_is_dropped(float64, name):
    shape, layers = LAST[name]
    images = np.random.default_rng(3).normal(size=(3, *shape))
    if name == "subsampling":  # of four inputs that share a coefficient, three are 0: what they do together is dropped
        images[:, 1::2], images[:, :, ::2] = 0, 0
    assert_exact(chain(shape, *layers(None)), images, Distance())
    assert_exact(chain(shape, *layers(scaled_tanh), zero_error_for=images[:1]), images[:1], Distance())


BELOW = {  # a weight of the dense layer below goes to one unit, and from there through straight connections
    "convolution": lambda: [L.Reshape((4, 3, 1)), L.Conv2D(2, 2), L.Flatten()],
    "table": lambda: [L.Reshape((2, 2, 3)), TableConv2D(TABLE, 2), L.Flatten()],
    "subsampling": lambda: [L.Reshape((2, 6, 1)), TrainableSubsampling(), L.Flatten()],
    "dense": lambda: [L.Dense(5)],
}


@pytest.mark.parametrize("name", BELOW)
def test_exact_through_a_second_layer(float64, name):
    images = np.random.default_rng(4).normal(size=(3, 5))
    model = chain((5,), L.Dense(12), *BELOW[name](), seed=5)
    h = SDLM(model).curvatures(images)
    first = model.layers[1].name
    exact = exact_second_derivatives(model, Distance(), images, np.zeros(3, int), {n: range(v.size) if n.startswith(first) else [] for n, v in h.items()})
    for weight in (f"{first}/kernel", f"{first}/bias"):
        np.testing.assert_allclose(h[weight].ravel(), exact[weight], rtol=1e-6, atol=1e-12)


def test_exact_in_the_last_layers_of_1998_where_the_error_is_0(float64):
    image = np.random.default_rng(6).normal(size=(1, 3, 3, 2))
    layers = [L.Conv2D(4, 3, activation=scaled_tanh), L.Flatten(), L.Dense(5, activation=scaled_tanh)]  # C5 and F6, smaller
    assert_exact(chain((3, 3, 2), *layers, zero_error_for=image), image, Distance())


def test_exact_for_map_in_the_last_layer(float64):
    images = np.random.default_rng(7).normal(size=(3, 5))
    assert_exact(chain((5,), L.Dense(4), seed=8), images, MAP(3.0))


def test_ratio_to_the_exact_second_derivative(float64, digits):
    """Where terms are dropped: how large is h, beside the exact value? Sums over up to six weights of each kind, ten digits.

    Fresh, F6 is nearer to 0 than to the codes, so f'' matters and the exact value may be negative. Trained, the last layers are nearly
    exact, and in the first ones h is too small: their weights are shared by hundreds of connections, which act together.
    """
    images, labels = prepare(digits[0].images[:10]).astype(np.float64), digits[0].labels[:10].astype(np.int32)
    model = lenet5("paper", seed=0, initial="1998-root")
    table, ratios = [], {}
    for state in ("fresh", "trained"):
        h = SDLM(model).curvatures(images)
        generator = np.random.default_rng(0)
        places = {name: generator.choice(value.size, min(6, value.size), replace=False) for name, value in h.items()}
        exact = exact_second_derivatives(model, Distance(), images, labels, places)
        for name, value in h.items():
            ratios[state, name] = value.ravel()[places[name]].sum() / exact[name].sum()
            table.append(f"{state:8}  {name:14} h / exact {ratios[state, name]:8.2f}  exact below 0: {np.mean(exact[name] < 0):4.0%}")
        if state == "fresh":
            train_sdlm(model, digits[0][:200], recipe=Recipe1998((5e-4,) * 3, patterns=100), progress=False)
    report = "\n".join(table)
    print(report)
    for name in ("S4/coefficient", "S4/bias", "C5/kernel", "C5/bias", "F6/kernel", "F6/bias"):
        assert 0.4 < ratios[state, name] < 3, report
    assert 0 < ratios[state, "C1/bias"] < 0.5, report


# As a way to learn.


def test_rates(digits):
    optimizer = SDLM(lenet5("paper"), mu=0.02)
    h = optimizer.curvatures(prepare(digits[0].images[:100]))
    rates = optimizer.rates(h, 5e-4)
    for name, value in h.items():
        np.testing.assert_allclose(rates[name], 5e-4 / (0.02 + value), rtol=1e-6)
        assert (value >= 0).all() and rates[name].max() <= 5e-4 / 0.02


@pytest.mark.parametrize("batch_size", [1, 3])
def test_a_pass_step_by_step(float64, batch_size):
    """Seven digits in a given order, each batch by its own gradient tape; the last batch is smaller."""
    generator = np.random.default_rng(9)
    images, labels, order = generator.normal(size=(9, 6, 6, 1)), generator.integers(0, 3, 9), [4, 0, 8, 2, 3, 7, 6]
    layers = [lambda: L.Conv2D(2, 3, activation=scaled_tanh), lambda: TrainableSubsampling(scaled_tanh), L.Flatten, lambda: L.Dense(4)]
    model, twin = (chain((6, 6, 1), *(make() for make in layers), seed=1) for _ in range(2))
    optimizer = SDLM(model, MAP(5.0))
    rates = optimizer.rates(optimizer.curvatures(images), 1e-2)
    losses, wrong = [], 0
    for start in range(0, 7, batch_size):
        chosen = order[start : start + batch_size]
        with tf.GradientTape() as tape:
            distances = twin(images[chosen])
            loss = 0.0
            for n, label in enumerate(labels[chosen]):
                loss += distances[n, label] + tf.math.log(np.exp(-5.0) + tf.reduce_sum(tf.exp(-distances[n])))
        losses.append(float(loss))
        wrong += int((np.argmin(distances, axis=1) != labels[chosen]).sum())
        for w, gradient, rate in zip(twin.trainable_weights, tape.gradient(loss, [w.value for w in twin.trainable_weights]), rates.values(), strict=True):
            w.assign(w.numpy() - rate * gradient)
    seen = optimizer.run_pass(images, labels, rates, batch_size, order)
    assert seen == (pytest.approx(sum(losses) / 7), pytest.approx(100 * wrong / 7))
    for ours, theirs in zip(model.get_weights(), twin.get_weights()):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


def test_batches_differ_less_the_smaller_the_rates(digits):
    """Eight digits in one step, gradients summed, instead of one: the distance between the ends, over the way."""
    images, labels = prepare(digits[0].images), digits[0].labels
    apart = {}
    for eta in (1e-4, 1e-5):
        ends = []
        for batch_size in (1, 8):
            model = lenet5("paper", seed=0, initial="1998-root")
            before = np.concatenate([w.ravel() for w in model.get_weights()])
            optimizer = SDLM(model)
            optimizer.run_pass(images, labels, optimizer.rates(optimizer.curvatures(images), eta), batch_size)
            ends.append(np.concatenate([w.ravel() for w in model.get_weights()]) - before)
        apart[eta] = np.linalg.norm(ends[0] - ends[1]) / np.linalg.norm(ends[0])
    print(", ".join(f"η = {eta:g}: {100 * share:.1f} % of the way" for eta, share in apart.items()))
    assert apart[1e-5] < 0.5 * apart[1e-4] and apart[1e-4] < 0.3, apart


def trained(digits, seed, recipe=Recipe1998((5e-4, 2e-4), 10, patterns=100), **more):
    model = lenet5("paper", seed=1, initial="1998-root")
    return train_sdlm(model, *digits, recipe, seed, **more), named_weights(model)


def test_a_seed_repeats_a_run(digits, capsys):
    run, weights = trained(digits, 3)
    again, same = trained(digits, 3, progress=False)
    other, different = trained(digits, 4, progress=False)
    assert run.epochs == again.epochs and run.epochs != other.epochs and run.seed == 3 and run.seconds > 0
    assert all(np.array_equal(weights[name], same[name]) for name in weights)
    assert not np.array_equal(weights["C1/kernel"], different["C1/kernel"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and lines[0].startswith("pass 1 of 2: loss ") and "validation error" in lines[1]


@pytest.mark.parametrize("batch_size, curvature, j", [(1, "distance", 10.0), (8, "distance", 10.0), (8, "map", 10.0), (8, "distance", None)])
def test_it_learns(digits, batch_size, curvature, j):
    seen = []
    model = lenet5("paper", seed=0, initial="1998-root")
    recipe = Recipe1998((5e-4, 5e-4, 2e-4), batch_size, j=j, curvature=curvature)
    run = train_sdlm(model, *digits, recipe, progress=False, after_epoch=lambda n: seen.append((n, model.predict(prepare(digits[1].images), verbose=0))))
    assert [epoch.loss for epoch in run.epochs] == sorted((epoch.loss for epoch in run.epochs), reverse=True)
    assert run.epochs[-1].loss < 0.5 * run.epochs[0].loss and run.epochs[-1].validation_error < 25, run
    assert [n for n, _ in seen] == [1, 2, 3] and run.recipe == recipe
    for (_, answers), epoch in zip(seen, run.epochs):
        assert epoch.validation_error == pytest.approx(100 * np.mean(answers.argmax(axis=1) != digits[1].labels))
    distances = keras.Model(model.input, model.get_layer("distances").output).predict(prepare(digits[1].images), verbose=0)
    criterion = Distance() if j is None else MAP(j)
    assert run.epochs[-1].validation_loss == pytest.approx(float(criterion(digits[1].labels, distances)), rel=1e-4)


def test_a_pass_in_another_order_is_not_compiled_again():
    """Each compiling takes seconds, and keeps memory for five times the images, so that twenty passes once filled a machine."""
    images, labels = np.zeros((60_000, 32, 32, 1), np.float32), np.zeros(60_000, int)
    optimizer = SDLM(lenet5("paper"))
    images, rates = tf.constant(images), optimizer.rates(optimizer.curvatures(images[:10]), 1e-6)
    optimizer.run_pass(images, labels, rates, order=np.arange(20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for start in (20, 40, 60):
        optimizer.run_pass(images, labels, rates, order=np.arange(start, start + 20))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 4 * images.numpy().nbytes / 1024  # in KiB


@pytest.fixture
def softmax_at_the_end(float64):
    image = keras.Input((4, 3, 1))
    x = L.Conv2D(3, 2, activation=scaled_tanh)(image)
    x = L.Dense(4, activation="softmax", name="output")(L.Flatten()(x))
    return keras.Model(image, x)


def test_a_softmax_is_read_as_distances(softmax_at_the_end):
    """Cross-entropy and its slopes as Keras has them, and at the last weights its exact second derivative, p (1 − p) x²."""
    model, generator = softmax_at_the_end, np.random.default_rng(2)
    images, labels = generator.normal(size=(5, 4, 3, 1)), np.array([0, 3, 1, 1, 2])
    optimizer = SDLM(model, MAP(1e3, dtype="float64"))
    entropy = keras.losses.SparseCategoricalCrossentropy(dtype="float64")
    loss, wrong = optimizer.look(images, labels)
    answers = np.asarray(model(images))
    assert loss == pytest.approx(float(entropy(labels, answers))) and wrong == pytest.approx(100 * np.mean(answers.argmax(axis=1) != labels))
    features = np.asarray(keras.Model(model.input, model.layers[-2].output)(images))
    h = optimizer.curvatures(images)
    expected = [features.T**2 @ (answers * (1 - answers)) / 5, (answers * (1 - answers)).mean(axis=0)]
    for name, value in zip(("output/kernel", "output/bias"), expected):
        np.testing.assert_allclose(h[name], value, rtol=1e-6)
    with tf.GradientTape() as tape:
        total = 5 * entropy(labels, model(images))
    slopes, before = tape.gradient(total, [w.value for w in model.trainable_weights]), model.get_weights()
    optimizer.run_pass(images, labels, {name: np.full(value.shape, 0.01) for name, value in h.items()}, 5)
    for now, then, slope in zip(model.get_weights(), before, slopes):
        np.testing.assert_allclose(now, then - 0.01 * slope, rtol=1e-9, atol=1e-12)


def test_the_published_recipe():
    recipe = Recipe1998()
    assert recipe.rates == (5e-4, 5e-4, 2e-4, 2e-4, 2e-4, 1e-4, 1e-4, 1e-4, 5e-5, 5e-5, 5e-5, 5e-5, *[1e-5] * 8)
    assert (recipe.batch_size, recipe.mu, recipe.patterns) == (1, 0.02, 500) and len(recipe.rates) == 20


@pytest.mark.parametrize("reshuffled", [False, True])
def test_each_pass_has_its_own_curvature_and_rate(digits, monkeypatch, reshuffled):
    """What train_sdlm asks for: patterns drawn anew, rates η / (μ + h) of that pass, each digit once, in one random order or in another."""
    seen = []
    run_pass, curvatures = SDLM.run_pass, SDLM.curvatures

    def spy_curvatures(self, images):
        h = curvatures(self, images)
        seen.append((np.array(images), h))
        return h

    def spy_pass(self, images, labels, rates, batch_size, order):
        seen.append((rates, batch_size, np.array(order)))
        return run_pass(self, images, labels, rates, batch_size, order)

    monkeypatch.setattr(SDLM, "curvatures", spy_curvatures)
    monkeypatch.setattr(SDLM, "run_pass", spy_pass)
    run = train_sdlm(lenet5("paper"), digits[0], recipe=Recipe1998((3e-4, 1e-4), 50, mu=0.5, patterns=30, reshuffled=reshuffled), progress=False)
    (first, h1), (rates1, batch, order1), (second, h2), (rates2, _, order2) = seen
    assert first.shape == (30, 32, 32, 1) and not np.array_equal(first, second) and batch == 50
    assert len({image.tobytes() for image in first}) == 30
    for name in h1:
        np.testing.assert_allclose(rates1[name], 3e-4 / (0.5 + h1[name]), rtol=1e-5)
        np.testing.assert_allclose(rates2[name], 1e-4 / (0.5 + h2[name]), rtol=1e-5)
    assert sorted(order1) == sorted(order2) == list(range(500)) != list(order1) and np.array_equal(order1, order2) != reshuffled
    assert run.epochs[0].validation_loss is None and run.epochs[0].validation_error is None


def test_distorted_digits_come_round_again_after_ten_passes(digits, monkeypatch):
    seen = []
    monkeypatch.setattr(SDLM, "run_pass", lambda self, images, labels, *more: seen.append((np.array(images), np.array(labels), more[-1])) or (0.0, 0.0))
    train_sdlm(lenet5("paper"), digits[0][:40], recipe=Recipe1998((1e-4,) * 12, patterns=10), seed=2, progress=False, distortion=Distortion())
    for k in (0, 1):
        part = enlarged(digits[0][:40], Distortion(), 2, k)
        for images, labels, order in (seen[k], seen[k + 10]):
            assert np.array_equal(images, prepare(part.images)) and np.array_equal(labels, part.labels) and sorted(order) == list(range(40))
    assert not np.array_equal(seen[0][0], seen[1][0])


def test_a_frozen_layer_stays(digits):
    model = lenet5("paper", initial="1998-root")
    model.get_layer("C3").trainable = False
    before = named_weights(model)
    optimizer = SDLM(model)
    h = optimizer.curvatures(prepare(digits[0].images[:50]))
    assert "C3/kernel" not in h and "C1/kernel" in h
    optimizer.run_pass(prepare(digits[0].images[:50]), digits[0].labels[:50], optimizer.rates(h, 1e-4), 10)
    changed = {name for name, value in named_weights(model).items() if not np.array_equal(value, before[name])}
    assert changed == set(h)


def branched():
    image = keras.Input((4,))
    return keras.Model(image, EuclideanRBF(np.ones((2, 4)), name="distances")(L.Add()([L.Dense(4)(image), image])))


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda d: SDLM(keras.Sequential([keras.Input((3,)), L.Dense(3, name="F6")])), "Expected a layer named 'distances', .* or a softmax at the end, received F6"),
        (lambda d: SDLM(lenet5("tanh")), "Expected layers among .* received the AveragePooling2D 'S2'"),
        (lambda d: SDLM(chain((6, 6, 1), L.Conv2D(2, 3, strides=2, name="C1"), L.Flatten())), r"Expected \{'strides': \(1, 1\)\} in 'C1', received another"),
        (lambda d: SDLM(chain((4, 4, 1), L.AveragePooling2D(2, name="S2"), L.Flatten())), r"Expected layers among Conv2D, Dense, .* received the AveragePooling2D 'S2'"),
        (lambda d: SDLM(branched()), "Expected layers in a chain, each reading the one before, received 'add.*', which does not"),
        (lambda d: SDLM(chain((4,), L.Dense(3, "softmax", name="F6"))), "Expected an activation that bends each number by itself in 'F6', received .*softmax"),
        (lambda d: SDLM(lenet5("paper"), mu=0), "Expected a μ above 0, received 0"),
        (lambda d: SDLM(lenet5("paper")).curvatures(np.zeros((0, 32, 32, 1))), "Expected images to estimate curvatures on, received none"),
        (lambda d: SDLM(lenet5("paper")).run_pass(np.zeros((2, 32, 32, 1)), [1], {}), "received 2 images, 1 labels, 2 to look at and a batch size of 1"),
        (lambda d: SDLM(lenet5("paper")).run_pass(np.zeros((2, 32, 32, 1)), [1, 2], {}, 0), "a batch size of at least 1, received .* of 0"),
        (lambda d: train_sdlm(lenet5("paper"), d[:0]), "Expected digits to learn from, received none"),
        (lambda d: train_sdlm(lenet5("paper"), d, recipe=Recipe1998(())), "Expected rates above 0"),
        (lambda d: train_sdlm(lenet5("paper"), d, recipe=Recipe1998((1e-4, 0))), "Expected rates above 0"),
        (lambda d: train_sdlm(lenet5("paper"), d, recipe=Recipe1998(patterns=0)), "at least one pattern"),
        (lambda d: train_sdlm(lenet5("paper"), d, recipe=Recipe1998(curvature="newton")), "and 'distance' or 'map' as curvature, received"),
        (lambda d: train_sdlm(lenet5("paper"), d, recipe=Recipe1998(j=None, curvature="map")), "and 'distance' as curvature, received"),
        (lambda d: train_sdlm(lenet5("paper"), d, recipe=Recipe1998(j=0)), "Expected a j above 0, received 0"),
    ],
)  # fmt: skip
def test_errors_say_what_was_expected(digits, make, message):
    with pytest.raises(ValueError, match=message):
        make(digits[0])

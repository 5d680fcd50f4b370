"""lenet.training: a run is its seed and its recipe, and the weights in data/weights are as good as the book says."""

import json

import numpy as np
import pytest
from safetensors import safe_open

from lenet.data import batches, data_folder, load_mnist, prepare
from lenet.models import lenet5, named_weights
from lenet.study.weights import median_run
from lenet.training import Recipe, Recipe1998, error, train


@pytest.fixture(scope="module")
def digits():
    train_digits, test_digits = load_mnist()
    return train_digits[:600], test_digits[:200]


def trained(digits, seed, epochs=2, **more):
    model = lenet5(seed=1)
    run = train(model, digits[0], digits[1], Recipe(epochs=epochs, batch_size=50), seed, **more)
    return run, named_weights(model)


def test_a_seed_repeats_a_run(digits, capsys):
    run, weights = trained(digits, 3)
    again, same = trained(digits, 3, progress=False)
    other, different = trained(digits, 4, progress=False)
    assert run.epochs == again.epochs and run.epochs != other.epochs
    assert all(np.array_equal(weights[name], same[name]) for name in weights)
    assert not np.array_equal(weights["C1/kernel"], different["C1/kernel"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and lines[0].startswith("epoch 1 of 2: loss ") and "validation error" in lines[1]


def test_history_tells_the_truth(digits):
    model = lenet5(seed=1)
    seen = []
    run = train(model, digits[0], digits[1], Recipe(3, 50), 0, progress=False, after_epoch=lambda n: seen.append((n, error(model, digits[1]))))
    assert [n for n, _ in seen] == [1, 2, 3] and run.seconds > 0
    for (_, measured), epoch in zip(seen, run.epochs):
        assert epoch.validation_error == pytest.approx(measured, abs=1e-3)
    probabilities = model.predict(prepare(digits[1].images), verbose=0)
    loss = -np.log(probabilities[range(200), digits[1].labels]).mean()
    assert run.epochs[-1].validation_loss == pytest.approx(loss, rel=1e-4)
    assert run.epochs[-1].loss < run.epochs[0].loss


def test_without_validation(digits):
    run = train(lenet5(), digits[0], recipe=Recipe(1), progress=False)
    assert run.epochs[0].validation_loss is None and run.epochs[0].validation_error is None


def test_the_rate_climbs_and_falls(digits):
    import keras

    rates = []
    model = lenet5()
    train(model, digits[0], None, Recipe(5, 60, 1e-2, 0.2), progress=False, after_epoch=lambda n: rates.append(float(model.optimizer.learning_rate)))
    assert rates[0] == pytest.approx(1e-2, rel=1e-3)  # the top, after a fifth of 50 steps
    assert rates == sorted(rates, reverse=True) and rates[-1] < 1e-4
    assert isinstance(model.optimizer, keras.optimizers.Adam)


def test_a_rate_that_stays(digits):
    rates = []
    model = lenet5()
    train(model, digits[0], None, Recipe(2, 60, 2e-3, warm_up=None), progress=False, after_epoch=lambda n: rates.append(float(model.optimizer.learning_rate)))
    assert rates == pytest.approx([2e-3, 2e-3])


def test_a_recipe_names_its_scaling(digits, monkeypatch):
    seen = []
    monkeypatch.setattr("lenet.training.batches", lambda images, *more: seen.append((images.min(), images.max())) or batches(images, *more))
    train(lenet5(), *digits, Recipe(1, paper=0.0, ink=1.0), progress=False)
    assert seen == [(0, 1), (0, 1)]


@pytest.mark.parametrize("recipe", [Recipe(epochs=0), Recipe(batch_size=0), Recipe(learning_rate=0), Recipe(warm_up=1)])
def test_refuses_an_empty_recipe(digits, recipe):
    with pytest.raises(ValueError, match="Expected at least one epoch"):
        train(lenet5(), digits[0], recipe=recipe)


def test_refuses_no_digits(digits):
    with pytest.raises(ValueError, match="Expected digits to learn from, received none"):
        train(lenet5(), digits[0][:0])
    with pytest.raises(ValueError, match="Expected at least one digit, received none"):
        error(lenet5(), digits[0][:0])


@pytest.mark.parametrize("preset", ["tanh", "relu"])
def test_the_weights_of_the_book(preset):
    _, test_digits = load_mnist()
    measured = error(lenet5(preset, weights="trained"), test_digits)
    assert measured <= 1.5, f"{preset} gets {measured:.2f} % of the test digits wrong; the book promises at least 98.5 % right"
    with safe_open(data_folder() / "weights" / f"{preset}.safetensors", "np") as file:
        story = file.metadata()
    assert measured == pytest.approx(float(story["test_error"]), abs=0.03)  # the processor may tip a digit or two
    assert Recipe(**json.loads(story["recipe"])) == Recipe() and len(json.loads(story["epochs"])) == Recipe().epochs


def test_the_weights_of_1998():
    """They are those of the stored run in the middle: recipe, seed, first passes and errors."""
    median = median_run("paper1998", "plain")
    with safe_open(data_folder() / "weights" / "paper.safetensors", "np") as file:
        story = file.metadata()
    recipe, epochs = Recipe1998(**json.loads(story["recipe"])), json.loads(story["epochs"])
    assert all(list(value) == list(median["config"][name]) if name == "rates" else value == median["config"][name] for name, value in recipe._asdict().items())
    assert story["seed"] == str(median["seed"]) and len(epochs) == 20
    assert [epoch["loss"] for epoch in epochs[:3]] == pytest.approx([epoch["loss"] for epoch in median["epochs"][:3]], rel=0.05)
    assert float(story["test_error"]) == pytest.approx(median["test_error"], abs=0.1)
    assert error(lenet5("paper", weights="trained"), load_mnist()[1]) == pytest.approx(float(story["test_error"]), abs=0.03)

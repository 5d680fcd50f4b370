"""lenet.study: every run once, whatever dies; results that are whole; choices and intervals that are right."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from lenet.data import data_folder, load_mnist, prepare
from lenet.models import PRESETS, lenet5, named_weights, read_tensors
from lenet.study import STUDIES, choose, detectable_difference, load_study, paired_difference, read_runs
from lenet.study import runs as runs_module
from lenet.study.grid import ACTIVATIONS, HIGHER_RATES, RATES, RULES, configuration, configuration_1998, paper1998_choice, rungs
from lenet.study.inside import BENT, inside, steepest
from lenet.study.job import perform
from lenet.study.results import KEYS, append_run, cut_torn_line
from lenet.study.runs import missing, run_study
from lenet.study.statistics import wrong_answers
from lenet.study.weights import median_run


def line(arm="tanh", seed=0, **more):
    """A finished run of the rehearsal, made up."""
    epoch = {"loss": 0.5, "error": 20.0, "validation_loss": None, "validation_error": None}
    config = load_study("rehearsal").arms.get(arm, {})
    run = {"study": "rehearsal", "arm": arm, "seed": seed, "config": config, "epochs": [epoch], "seconds": 1.0, "versions": {}}
    return run | {"processor": "a processor", "code": "0" * 12, "test_error": 0.02, "test_errors": [3, 5]} | more


def apart(function, *arguments):
    """A call in a process of its own, like a worker's: TensorFlow's threads cannot be set where it has computed already."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(function, *arguments).result(timeout=300)


def command(folder, *words, **options):
    return subprocess.Popen([sys.executable, "-m", "lenet.study", "--results", str(folder), *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)


def wait_for_runs(folder, n, process=None):
    path = folder / "rehearsal.jsonl"
    for _ in range(600):
        if path.exists() and path.read_bytes().count(b"\n") >= n:
            return
        if process and process.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail(f"expected {n} runs in {path}: {process.stdout.read() if process else ''}")


def each_run_once(folder):
    runs = read_runs("rehearsal", folder)
    assert sorted((run["arm"], run["seed"]) for run in runs) == [(arm, seed) for arm in ("relu", "tanh") for seed in range(3)]
    return {(run["arm"], run["seed"]): {key: value for key, value in run.items() if key != "seconds"} for run in runs}


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory):
    """The rehearsal, done by one process alone, the last run first."""
    folder = tmp_path_factory.mktemp("one after another")
    apart(rehearse, folder)
    return each_run_once(folder)


def rehearse(folder):
    study = load_study("rehearsal")
    for arm, seed in reversed(missing(study, folder)):
        append_run(perform(study.name, arm, seed, study.arms[arm], study.choosing), folder)


# Runs


def test_a_killed_parent_loses_nothing(tmp_path, rehearsed):
    """Killed after the first run, in the middle of a line; the next call finishes, and the results are those of any other order and process."""
    process = command(tmp_path, "run", "rehearsal", "--workers", "2")
    wait_for_runs(tmp_path, 1, process)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    done = len(read_runs("rehearsal", tmp_path))
    assert 1 <= done < 6
    with open(tmp_path / "rehearsal.jsonl", "ab") as file:
        file.write(b'{"study": "rehearsal", "arm": "ta')
    again = command(tmp_path, "run", "rehearsal", "--workers", "2")
    said = again.communicate(timeout=300)[0]
    assert again.returncode == 0 and all(words in said for words in ("the last line broke off", f"{done}/6", "rehearsal: 6 of 6 runs done"))
    assert each_run_once(tmp_path) == rehearsed


def test_a_killed_worker_does_not_end_the_call(tmp_path, monkeypatch, capsys):
    study = load_study("rehearsal")
    monkeypatch.setattr(runs_module, "perform", dies_once)
    monkeypatch.setenv("LENET_TEST_FOLDER", str(tmp_path))
    assert run_study(study, tmp_path, workers=2) == 0
    assert "A worker was killed. Its run is done again." in capsys.readouterr().out
    assert len(each_run_once(tmp_path)) == 6


def dies_once(study, arm, seed, config, choosing):
    died = Path(os.environ["LENET_TEST_FOLDER"]) / "died"
    if seed == 1 and not died.exists():
        died.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return line(arm, seed, config=config)


def test_workers_that_always_die_end_the_call(tmp_path, monkeypatch):
    monkeypatch.setattr(runs_module, "perform", dies_always)
    with pytest.raises(RuntimeError, match="found three killed before a run was finished.* --workers 1"):
        run_study(load_study("rehearsal"), tmp_path, workers=2)
    assert read_runs("rehearsal", tmp_path) == []


def dies_always(*task):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_run_that_crashes_does_not_stop_the_others(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(runs_module, "perform", crashes_for_relu)
    assert run_study(load_study("rehearsal"), tmp_path, workers=2) == 3
    said = capsys.readouterr()
    assert said.out.count("Failed: arm relu") == 3 and "KeyError: 'a planted fault'" in said.out and "failed=3" in said.err
    assert {run["arm"] for run in read_runs("rehearsal", tmp_path)} == {"tanh"}
    assert len(missing(load_study("rehearsal"), tmp_path)) == 3


def crashes_for_relu(study, arm, seed, config, choosing):
    if arm == "relu":
        return {"arm": arm, "seed": seed, "failed": "KeyError: 'a planted fault'"}
    return line(arm, seed, config=config)


def test_a_job_reports_what_it_stumbles_over():
    failed = apart(perform, "rehearsal", "tanh", 0, configuration(preset="no such network"), False)
    assert "Expected a preset among" in failed.pop("failed") and failed == {"arm": "tanh", "seed": 0}


def test_a_run_that_diverges_is_a_result(tmp_path):
    run = apart(perform, "rehearsal", "tanh", 0, configuration(preset="relu-all", digits=500, epochs=2, learning_rate=1e38, warm_up=0.0), True)
    assert run["epochs"][-1]["loss"] is None and run["epochs"][-1]["validation_loss"] is None
    assert "test_error" not in run and "test_errors" not in run
    append_run(run, tmp_path)
    assert read_runs("rehearsal", tmp_path) == [run]


def test_a_study_that_chooses_never_sees_the_test_digits():
    """Without test digits, a run that chooses still succeeds; the same run that does not choose, fails."""
    chosen, tested = apart(without_test_digits)
    assert chosen["epochs"][0]["validation_error"] < 100
    assert "NoneType" in tested["failed"]


def without_test_digits():
    from lenet.study import job

    training, _ = load_mnist()
    job.load_mnist = lambda: (training, None)
    return [perform("rehearsal", "tanh", 0, configuration(digits=200, epochs=1), choosing) for choosing in (True, False)]


def test_a_run_as_in_1998():
    """The network of 1998 by its own training, with distorted digits and a changed part: as many passes as rates, and again the same."""
    short = {"digits": 300, "patterns": 50, "rates": [5e-4, 2e-4], "parts": {"table": False}, "distortion": [1.0, 0.1, 0.1, 0.15]}
    config = json.loads(json.dumps(configuration_1998(**short)))
    run, again = apart(perform, "paper1998", "distorted", 5, config, False), apart(perform, "paper1998", "distorted", 5, config, False)
    assert len(run["epochs"]) == 2 and len(run["inside"]) == 3 and run["config"] == config and run["test_error"] < 70
    assert {key: run[key] for key in run if key != "seconds"} == {key: again[key] for key in run if key != "seconds"}
    chosen = apart(perform, "paper1998-choice", "plain", 5, configuration_1998(**short | {"distortion": None}), True)
    assert chosen["epochs"][1]["validation_error"] < 70 and chosen["epochs"] != run["epochs"]
    assert {"test_error", "test_errors", "inside"}.isdisjoint(chosen)


def test_the_median_run(monkeypatch):
    """Of four runs the better of the two in the middle; of equals the one with the smaller seed."""
    found = [line("plain", seed, test_error=error) for seed, error in enumerate([0.9, 0.8, 0.9, 1.1])]
    monkeypatch.setattr("lenet.study.weights.read_runs", lambda study: found)
    assert median_run("paper1998", "plain")["seed"] == 0
    with pytest.raises(ValueError, match="Expected runs of distorted in paper1998, found none. Call: python -m lenet.study run paper1998"):
        median_run("paper1998", "distorted")


def weights_of_a_short_run(folder):
    from lenet.study import weights

    config = configuration_1998(digits=200, patterns=50, rates=[5e-4, 2e-4])
    weights.read_runs = lambda study: [line("plain", 3, config=json.loads(json.dumps(config)))]
    weights.make_weights("paper", folder)


def test_weights_are_made_as_the_run_was(tmp_path):
    """The files of one short run: the first weights of its seed, a snapshot after each pass, and the last ones once more."""
    apart(weights_of_a_short_run, tmp_path)
    snapshots, final = (read_tensors(tmp_path / f"paper{kind}.safetensors") for kind in ("-epochs", ""))
    assert {name.split("/")[0] for name in snapshots} == {"epoch-00", "epoch-01", "epoch-02"}
    for name, value in named_weights(lenet5("paper", seed=3, initial="1998-root")).items():
        np.testing.assert_allclose(snapshots[f"epoch-00/{name}"], value, atol=1e-6)
        assert np.array_equal(snapshots[f"epoch-02/{name}"], final[name])
    learned = [name for name in final if not np.array_equal(snapshots[f"epoch-01/{name}"], final[name])]
    assert learned == [name for name in final if not name.startswith("distances")]


def test_only_one_call_at_a_time(tmp_path, monkeypatch):
    from filelock import FileLock

    with FileLock(tmp_path / "rehearsal.lock"):
        with pytest.raises(RuntimeError, match="Expected to be the only call that runs rehearsal"):
            run_study(load_study("rehearsal"), tmp_path)


@pytest.fixture
def cluster(tmp_path):
    """The address of a Dask scheduler, and two workers of one thread, each a process of its own, on this machine."""
    file = tmp_path / "scheduler.json"
    processes = []

    def start(program, *words):
        processes.append(subprocess.Popen([sys.executable, "-m", f"distributed.cli.{program}", *words, "--no-dashboard"], stderr=subprocess.DEVNULL))

    try:
        start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        for _ in range(300):
            if file.exists() and file.read_text().strip():
                break
            time.sleep(0.1)
        address = json.loads(file.read_text())["address"]
        for _ in range(2):
            start("dask_worker", address, "--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path))
        yield address, processes[1:]
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def test_a_dask_cluster_that_loses_a_worker(tmp_path, cluster, rehearsed):
    address, workers = cluster
    from distributed import Client

    with Client(address, timeout=30) as client:
        client.wait_for_workers(2, timeout=60)
    process = command(tmp_path, "run", "rehearsal", "--backend", "dask", "--address", address)
    wait_for_runs(tmp_path, 1, process)
    workers[0].kill()
    said = process.communicate(timeout=300)[0]
    assert process.returncode == 0, said
    assert each_run_once(tmp_path) == rehearsed


def test_a_cluster_must_be_there_and_fit(tmp_path):
    from distributed import LocalCluster

    study = load_study("rehearsal")
    with pytest.raises(RuntimeError, match="Expected a Dask scheduler at tcp://127.0.0.1:9, found none"):
        run_study(study, tmp_path, address="tcp://127.0.0.1:9")
    with LocalCluster(1, threads_per_worker=2, processes=False, dashboard_address=None) as wide:
        with pytest.raises(RuntimeError, match=r"Expected Dask workers of one thread each, found \[2\]"):
            run_study(study, tmp_path, address=wide.scheduler_address)


# Results


def test_a_full_disk_costs_one_run(tmp_path):
    append_run(line(), tmp_path)
    path = tmp_path / "rehearsal.jsonl"
    before = path.read_bytes()
    resource = pytest.importorskip("resource")
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 50, old[1]))
        with pytest.raises(OSError, match="expected room for one more run, found none"):
            append_run(line(seed=1), tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, ignored)
    cut_torn_line("rehearsal", tmp_path)
    assert path.read_bytes() == before


DAMAGED = {
    b'{"study": "rehearsal", "arm": "ta': "Unterminated string",
    b"[1, 2]": "no study of type str",
    b"\xff\xfa": "can't decode byte",
    json.dumps(line(seed=9) | {"study": "fast"}).encode(): "a run of the study 'fast'",
    json.dumps(line(seed="9")).encode(): "no seed of type int",
    json.dumps(line(seed=9, epochs=[])).encode(): "epochs without",
    json.dumps(line(seed=9, test_error=0.03)).encode(): "a test_error that is not the number of test_errors",
    json.dumps(line(seed=9, test_errors=[5, 3])).encode(): "a test_error that is not the number of test_errors",
    json.dumps(line()).encode(): "arm 'tanh' with seed 0 a second time",
}


@pytest.mark.parametrize("damage, fault", DAMAGED.items())
def test_a_damaged_line_is_named(tmp_path, damage, fault):
    append_run(line(), tmp_path)
    path = tmp_path / "rehearsal.jsonl"
    path.write_bytes(path.read_bytes() + damage + b"\n")
    append_run(line(seed=1), tmp_path)
    damaged = path.read_bytes()
    with pytest.raises(ValueError, match="line 2: expected a finished run in JSON, found: .* Restore the file from the repository, or delete") as problem:
        run_study(load_study("rehearsal"), tmp_path)
    assert fault in str(problem.value) and path.read_bytes() == damaged


@given(st.integers(1, 400))
def test_a_line_that_breaks_off_is_cut_off(tmp_path_factory, length):
    folder = tmp_path_factory.mktemp("broken")
    append_run(line(), folder)
    append_run(line(seed=1), folder)
    path = folder / "rehearsal.jsonl"
    path.write_bytes(path.read_bytes()[:-length])
    with pytest.raises(ValueError, match="expected whole lines, found a last one that breaks off.* call python -m lenet.study run rehearsal"):
        read_runs("rehearsal", folder)
    for _ in range(2):  # a second call finds nothing to cut
        cut_torn_line("rehearsal", folder)
        assert [run["seed"] for run in read_runs("rehearsal", folder)] == [0]


@given(st.binary(max_size=200))
def test_the_reader_of_results_never_crashes(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("any")
    (folder / "rehearsal.jsonl").write_bytes(content)
    try:
        assert read_runs("rehearsal", folder) == []
    except ValueError as problem:
        assert "expected" in str(problem) and "python -m lenet.study run rehearsal" in str(problem)


def test_an_arm_that_has_changed_is_refused(tmp_path):
    append_run(line(config=configuration(epochs=99)), tmp_path)
    with pytest.raises(ValueError, match="expected the arm 'tanh' as the code has it"):
        missing(load_study("rehearsal"), tmp_path)


def test_an_arm_is_the_same_although_the_code_has_learned_a_new_setting(tmp_path):
    config = load_study("rehearsal").arms["tanh"]
    append_run(line(config={name: value for name, value in config.items() if name not in ("paper", "ink")}), tmp_path)
    assert ("tanh", 0) not in missing(load_study("rehearsal"), tmp_path)


def test_the_results_of_the_book():
    """Every line of data/results is whole, and belongs to a study as the code has it."""
    folder = data_folder() / "results"
    files = sorted(folder.glob("*.jsonl"))
    assert {file.stem for file in files} <= set(STUDIES)
    for file in files:
        study = load_study(file.stem, folder)
        missing(study, folder)
        for run in read_runs(study.name, folder):
            assert run["arm"] in study.arms and run["seed"] in study.seeds and set(KEYS) <= set(run)
            assert all((key in run) != study.choosing for key in ("test_error", "test_errors", "inside"))
            assert study.choosing or len(run["inside"]) == len(run["epochs"]) + 1
            held_out = [epoch["validation_error"] is not None for epoch in run["epochs"]]
            assert all(held_out) if study.choosing else not any(held_out)
            config = run["config"]
            assert len(run["epochs"]) == (len(config["rates"]) if "rates" in config else config["epochs"])


# The grid


def choice_lines(losses):
    """Five runs for each candidate of tanh, whose validation losses are given by (rule, rate)."""
    arms = {name: arm for name, arm in load_study("activations-choice").arms.items() if arm["preset"] == "tanh"}
    lines = []
    for name, arm in arms.items():
        for seed in range(5):
            loss = losses.get((arm["initial"], arm["learning_rate"]), 0.5)
            epochs = [{"validation_loss": 0.0}, {"validation_loss": loss if loss is None else loss + 0.01 * (seed - 2)}]
            lines.append({"study": "activations-choice", "arm": name, "seed": seed, "epochs": epochs})
    return lines, arms


def test_the_choice_is_the_lowest_mean_after_the_last_epoch():
    lines, arms = choice_lines({("he", RATES[1]): 0.2, ("glorot", RATES[2]): 0.21, ("he", RATES[3]): None})
    chosen = choose(lines, arms)
    assert (chosen["initial"], chosen["learning_rate"]) == ("he", RATES[1])
    with pytest.raises(ValueError, match="Expected at least five runs of the arm .* found 4"):
        choose(lines[1:], arms)


def test_the_error_may_choose_something_else():
    lines, arms = choice_lines({("he", RATES[1]): 0.2})
    for each in lines:
        each["epochs"][-1]["validation_error"] = 1.0 + (arms[each["arm"]]["learning_rate"] != RATES[2]) + 0.1 * (arms[each["arm"]]["initial"] == "glorot")
    assert choose(lines, arms)["learning_rate"] == RATES[1]
    chosen = choose(lines, arms, "validation_error")
    assert (chosen["initial"], chosen["learning_rate"]) == ("he", RATES[2])


def test_of_equals_the_simpler_is_chosen():
    lines, arms = choice_lines({("he", RATES[1]): 0.2, ("glorot", RATES[2]): 0.2003})
    assert (choose(lines, arms)["initial"], choose(lines, arms)["learning_rate"]) == (RULES[0], RATES[2])


@pytest.mark.parametrize("edge", [RATES[0], HIGHER_RATES["tanh"][-1]])
def test_a_choice_at_the_edge_is_refused(edge):
    with pytest.raises(ValueError, match="Expected the best rate inside the grid, found it at the edge.*Extend the grid"):
        choose(*choice_lines({("he", edge): 0.1}))


def test_the_arms_differ_in_what_they_say():
    choice = load_study("activations-choice")
    assert choice.choosing and len(choice.seeds) >= 5
    assert {(a["preset"], a["initial"]) for a in choice.arms.values()} == {(p, r) for p in ACTIVATIONS for r in RULES}
    for arm in choice.arms.values():
        assert {key for key in arm if arm[key] != configuration()[key]} <= {"preset", "initial", "learning_rate"}
    with pytest.raises(ValueError, match="Expected a study among rehearsal, .* received 'none'"):
        load_study("none")


def test_the_studies_of_1998():
    """What their arms change, and how what was chosen reaches the final study."""
    choice = load_study("paper1998-choice")
    published, others = choice.arms["plain, 1"], list(choice.arms.values())[1:]
    assert published["rates"] == [5e-4] * 2 + [2e-4] * 3 + [1e-4] * 3 + [5e-5] * 4 + [1e-5] * 8 and published["batch_size"] == 1
    assert {key for arm in others for key in arm if arm[key] != published[key]} == {"rates", "distortion", "initial", "parts"}
    # Each rung differs from the one above in one part.
    *parts, aside = [PRESETS[arm["preset"]]._replace(**arm["parts"]) for arm in rungs({}).values()]
    assert aside == PRESETS["tanh"]._replace(pooling="max")
    for above, below in zip(parts, parts[1:]):
        changed = {field for field in above._fields if getattr(above, field) != getattr(below, field)}
        assert len(changed - {"bend_f6", "coefficient"}) == 1, changed
    assert parts[0] == PRESETS["paper"]._replace(coefficient=0.5) and parts[-2] == PRESETS["relu"]


def test_a_choice_of_1998(tmp_path):
    """By the validation error; the best in the middle of what was tried, or refused."""
    arms = paper1998_choice(tmp_path).arms
    errors = {"plain, 0.25": 1.0, "plain, 0.25, eblearn": 1.0, "distorted, 0.25": 1.1, "distorted, 0.5, 0.25": 1.2}
    for arm, config in arms.items():
        for seed in range(5):
            epoch = {"loss": 0.1, "error": 1.0, "validation_loss": 0.1, "validation_error": errors.get(arm, 2.0)}
            append_run(line(arm, seed, study="paper1998-choice", config=config, epochs=[epoch]), tmp_path)
    study = load_study("paper1998", tmp_path)
    plain = arms["plain, 0.25"]
    both = {"distorted": "distorted, 0.25", "distorted more": "distorted, 0.5, 0.25"}  # learned with the rates of plain, as in the paper
    assert study.arms == {"plain": plain} | {name: plain | {"distortion": arms[arm]["distortion"]} for name, arm in both.items()}
    assert len(study.seeds) >= 10
    assert set(study.seeds).isdisjoint(load_study("paper1998-choice").seeds)
    for arm, config in load_study("paper1998-questions", tmp_path).arms.items():
        changed = {key for key in config if config[key] != study.arms["plain"][key]}
        assert len(changed - {"parts"} if arm.startswith("first weights") else changed) == (3 if arm == "softmax output" else 1), (arm, changed)
    edge = {"plain": arms["plain, 1"], "other": arms["plain, 0.125"]}
    runs = [line(arm, seed, config=config, epochs=[epoch]) for arm, config in edge.items() for seed in range(5)]
    with pytest.raises(ValueError, match="found it at the edge"):
        choose(runs, edge, "validation_error", lambda arm: arm["rates"][0])


# Inside a network


@pytest.fixture(scope="module")
def looked_at():
    """A trained network, digits, and what `inside` tells of them."""
    (training, _), model = load_mnist(), lenet5("relu", weights="trained")
    images, labels = prepare(training.images[:300]), training.labels[:300]
    weights = model.get_weights()
    weights[5][:30] = -1e3  # the biases of C5: a quarter of its units can never be above 0
    model.set_weights(weights)
    return model, images, labels, inside(model, images, labels)


def test_flat_bends_and_dead_units(looked_at):
    model, images, _, found = looked_at
    maps = keras.Model(model.input, [model.get_layer(name).output for name in BENT])
    outputs = [output.reshape(-1, output.shape[-1]) for output in maps.predict(images, verbose=0)]
    for name, output in zip(BENT, outputs):
        flat = 1 - output**2 < 0.1 if name == "F6" else output == 0  # the slope of tanh; that of relu
        assert found[name]["flat"] == pytest.approx(100 * flat.mean(), abs=0.02)
        assert found[name]["dead"] == pytest.approx(100 * flat.all(axis=0).mean(), abs=0.02)
    assert found["C5"]["dead"] >= 25


def test_the_gradient_inside(looked_at):
    model, images, labels, found = looked_at
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(labels, model(images)))
    gradients = tape.gradient(loss, [model.get_layer(name).kernel for name in BENT])
    for name, gradient in zip(BENT, gradients):
        assert found[name]["gradient"] == pytest.approx(np.sqrt(np.square(gradient).mean()), rel=1e-3)
    assert model.get_layer("C1").activation.__name__ == "relu"


@pytest.mark.parametrize("bend, slope", [("tanh", 1), ("relu", 1), ("sigmoid", 0.25), ("silu", 1.09984)])
def test_the_steepest_slope(bend, slope):
    assert steepest(keras.activations.get(bend)) == pytest.approx(slope, abs=1e-4)


# Statistics


def simulated(random, effect=0.0, seeds=20, digits=10_000):
    """Two arms with hard digits in common, and seeds that differ: their errors are about 1 %, and differ by effect points."""
    hard = np.exp(random.normal(-8, 2.2, digits))
    hard = hard / hard.mean() * 0.01
    luck = random.normal(1, 0.05, (2, seeds, 1))
    rate = np.clip(hard * luck, 0, 0.95)
    rate[0] += effect / 100
    return random.random((2, seeds, digits)) < rate


def test_the_interval_holds_what_it_promises():
    """Of 60 intervals of 90 % for two equal arms, with new seeds and new digits each, about 54 hold 0."""
    random = np.random.default_rng(0)
    held = 0
    for _ in range(60):
        found = paired_difference(*simulated(random), confidence=0.9, draws=400)
        assert found.low < found.mean < found.high
        held += found.low <= 0 <= found.high
    assert held >= 48


def test_the_interval_is_about_both():
    """Where all seeds agree, digits alone make the interval; where each digit is decided, seeds alone do."""
    digits = np.zeros((2, 20, 10_000), bool)
    digits[0, :, :120] = True
    found = paired_difference(*digits)
    assert found.mean == pytest.approx(1.2) and found.high - found.low == pytest.approx(2 * 1.96 * 100 * (0.012 * 0.988 / 10_000) ** 0.5, rel=0.1)
    seeds = np.zeros((2, 20, 100), bool)
    seeds[0, ::2] = True
    found = paired_difference(*seeds)
    assert found.mean == pytest.approx(50) and found.high - found.low == pytest.approx(2 * 1.96 * 50 / 20**0.5, rel=0.1)
    np.testing.assert_array_equal(found.per_seed, [100, 0] * 10)


def test_pairs_stay_together():
    """A seed that is bad for both arms makes no difference between them."""
    random = np.random.default_rng(1)
    both = random.random((20, 10_000)) < random.uniform(0, 0.2, (20, 1))
    assert paired_difference(both, both)[:3] == (0, 0, 0)
    with pytest.raises(ValueError, match=r"Expected two arrays of one shape .* received \(20, 10000\) and \(19, 10000\)"):
        paired_difference(both, both[:19])


def test_the_detectable_difference_is_detected_as_often_as_it_says():
    from scipy import stats

    random = np.random.default_rng(2)
    spread = 3.0
    size = detectable_difference(spread / 20**0.5, seeds=20)
    seen = stats.ttest_1samp(random.normal(size, spread, (4000, 20)), 0, axis=1).pvalue < 0.05
    assert 0.78 < seen.mean() < 0.82


def test_the_standard_error_is_that_of_new_seeds_and_new_digits():
    """Over many made-up studies, the mean's standard deviation is what single studies say it is; a test errs as often as it says."""
    random = np.random.default_rng(4)
    found = [paired_difference(*simulated(random, digits=2_000), draws=1) for _ in range(300)]
    means, errors = (np.array([getattr(one, name) for one in found]) for name in ("mean", "standard_error"))
    assert 0.9 < np.sqrt((errors**2).mean()) / means.std(ddof=1) < 1.1
    from scipy import stats

    missed = (np.abs(means) > stats.t.ppf(0.975, 19) * errors).mean()
    assert 0.02 < missed < 0.08


def test_wrong_answers_are_in_the_order_of_the_seeds():
    lines = [line(seed=1, test_errors=[7]), line(seed=0, test_errors=[2, 9])]
    wrong = wrong_answers(lines, "tanh", range(2))
    assert np.flatnonzero(wrong[0]).tolist() == [2, 9] and np.flatnonzero(wrong[1]).tolist() == [7]
    with pytest.raises(ValueError, match="Expected the seeds 0 to 2 of the arm 'tanh', found"):
        wrong_answers(lines, "tanh", range(3))


# The command


@pytest.mark.parametrize(
    "words, said",
    [
        (["list"], "activations-choice: 0 of"),
        (["status", "rehearsal"], "  tanh: 0 of 3"),
        (["run", "activations"], "Stopped: Expected at least five runs of the arm"),
        (["run", "nothing"], "invalid choice: 'nothing'"),
        (["run", "rehearsal", "--backend", "dask"], "Expected --backend dask and --address tcp://… together"),
        (["weights", "silu"], "invalid choice: 'silu'"),
        (["run", "rehearsal", "--workers", "0"], "Expected at least one worker, received 0"),
    ],
)
def test_the_command(tmp_path, words, said):
    assert said in command(tmp_path, *words).communicate(timeout=100)[0]


def test_a_stored_run_repeats():
    """One line of the results, drawn by their number: the same figures again, to the last digit where the processor is the same."""
    runs = [run for name in STUDIES for run in read_runs(name) if "mu" in run["config"] or len(run["epochs"]) <= 10]  # the others take long
    stored = runs[int(np.random.default_rng(len(runs)).integers(len(runs)))]
    choosing = load_study(stored["study"]).choosing
    config = configuration(**stored["config"])
    if "mu" in config:  # as in 1998: a pass knows nothing of later ones, so the first is enough
        config["rates"], stored["epochs"] = config["rates"][:1], stored["epochs"][:1]
    again = apart(perform, stored["study"], stored["arm"], stored["seed"], config, choosing)
    here = {key: again[key] for key in ("processor", "versions")} == {key: stored[key] for key in ("processor", "versions")}
    for now, then in zip(again["epochs"], stored["epochs"], strict=True):
        if here:
            assert now == then, stored["arm"]
    if here and not choosing and "mu" not in config:
        assert (again["test_errors"], again["inside"]) == (stored["test_errors"], stored["inside"])
    (loss, error), (loss_then, error_then) = (figures(run, choosing, "mu" in config) for run in (again, stored))
    assert error == pytest.approx(error_then, abs=0.4) and loss == pytest.approx(loss_then, rel=0.25), stored["arm"]


def figures(run, choosing, first_pass=False):
    """The last loss that was seen, and the error on digits that were not learned from; of a first pass, on those that were."""
    last = run["epochs"][-1]
    if choosing:
        return last["validation_loss"], last["validation_error"]
    return last["loss"], last["error"] if first_pass else run["test_error"]

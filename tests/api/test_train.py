"""`POST /api/v1/train`, and the other questions at a step of a run."""

import asyncio
import json

import pytest

from app.main import create_app

BOWL = {"program": "x = 3.0\nf = (x - 1) ** 2", "run": {"settings": {"lr": 0.25}}}
NET = {
    "network": {
        "inputs": 2,
        "layers": [{"units": 3, "activation": "tanh"}, {"units": 1}],
        "loss": "mse",
        "batch": 12,
    },
    "run": {"optimizer": "adam", "batch": 4, "validation": 0.25},
}


def lines(answer):
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def test_a_case_by_hand(client):
    answer = client.post("/api/v1/train", json=BOWL | {"steps": 3})
    begins, *steps, ends = lines(answer)
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert begins["begins"]["parameters"] == ["x"]
    assert [row["step"]["loss"] for row in steps] == [4.0, 1.0, 0.25, 0.0625]
    assert [row["step"]["gradients"] for row in steps] == [[4.0], [2.0], [1.0], [0.5]]
    assert ends == {"ends": {"ended": "steps", "step": 3}}


def test_as_server_sent_events(client):
    answer = client.post("/api/v1/train", json=BOWL | {"steps": 3}, headers={"accept": "text/event-stream"})
    assert answer.headers["content-type"] == "text/event-stream"
    events = answer.text.split("\n\n")
    assert all(event.startswith("data: {") for event in events[:-1])
    assert len(events) == 7


def test_only_some_steps_are_told(client):
    told = lines(client.post("/api/v1/train", json=BOWL | {"steps": 25, "every": 10}))
    assert [row["step"]["step"] for row in told[1:-1]] == [0, 10, 20, 25]


def test_it_goes_on_from_a_step(client):
    whole = lines(client.post("/api/v1/train", json=NET | {"steps": 40}))
    rest = lines(client.post("/api/v1/train", json=NET | {"steps": 40, "start": 17}))
    assert rest[1:] == whole[18:]


def test_the_trace_of_a_step_has_its_loss(client):
    told = lines(client.post("/api/v1/train", json=NET | {"steps": 20}))
    for step in (0, 13, 20):
        trace = client.post("/api/v1/trace", json=NET | {"step": step}).json()
        values = {node["id"]: node["value"] for node in trace["nodes"]}
        assert values["loss"] == told[1 + step]["step"]["loss"]
        assert len(values["x"]) == 4 if step < 20 else 1


@pytest.mark.parametrize(
    ("path", "further"),
    [("explain", {"node": "W1"}), ("check", {}), ("nudge", {"node": "b2", "index": [0], "delta": 0.1}), ("code", {})],
)
def test_every_question_takes_a_step(client, path, further):
    body = {**NET, **further, "step": 11}
    assert client.post(f"/api/v1/{path}", json=body).status_code == 200
    assert (
        client.post(f"/api/v1/{path}", json=body).text != client.post(f"/api/v1/{path}", json=body | {"step": 3}).text
    )


def test_the_update_is_a_program_like_any_other(client):
    now, then = (client.post("/api/v1/trace", json=NET | {"step": step}).json() for step in (5, 6))
    update = client.post("/api/v1/trace", json=NET | {"step": 5, "phase": "update", "moved": "W2"}).json()
    held = {node["id"]: node for node in update["nodes"]}
    value = {node["id"]: node for node in now["nodes"]}
    assert update["output"] == "W2_next"
    assert held["W2"]["value"] == value["W2"]["value"]
    assert held["dW2"]["value"] == value["W2"]["grad"]
    assert held["W2_next"]["value"] == {node["id"]: node for node in then["nodes"]}["W2"]["value"]
    assert update["program"].startswith("def adam(")
    explained = client.post("/api/v1/explain", json=NET | {"step": 5, "phase": "update", "moved": "W2", "node": "dW2"})
    assert explained.status_code == 200


def test_what_is_left_over_is_skipped_where_asked_for(client):
    body = {**BOWL, "values": {"x": 5.0, "gone": 1.0}, "output": "nothing"}
    assert client.post("/api/v1/train", json=body).status_code == 422
    told = lines(client.post("/api/v1/train", json=body | {"ignore_unknown": True, "steps": 1}))
    assert told[1]["step"]["loss"] == 16.0


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (BOWL | {"steps": 10_000_000}, 413, "steps of this program are too much at once"),
        (BOWL | {"run": {"optimizer": "adamax"}}, 422, "there is no optimizer"),
        (BOWL | {"run": {"settings": {"mu": 1}}}, 422, "sgd has no setting mu"),
        (BOWL | {"run": {"batch": 0}}, 422, "run.batch must be at least 1"),
        (BOWL | {"run": {"rats": {}}}, 422, "run.rats is not a field"),
        ({"program": "y = np.ones(3) * 2"}, 422, "training lowers one number"),
    ],
)
def test_refusals(client, body, status, said):
    body = {**body, "program": body["program"]}
    if "steps" in body:
        body["program"] += "\n" * 2 + "\n".join(f"y{k} = sin(x)\nf = f + y{k}" for k in range(20))
    answer = client.post("/api/v1/train", json=body)
    assert answer.status_code == status, answer.text
    assert said in answer.json()["detail"]


def test_nothing_that_is_not_learned_is_moved(client):
    answer = client.post("/api/v1/trace", json=BOWL | {"phase": "update", "moved": "f"})
    assert answer.json()["detail"] == "f is not learned"


def test_one_example_alone_has_the_loss_of_its_own(client):
    told = lines(client.post("/api/v1/train", json=NET | {"steps": 7}))
    whole = [client.post("/api/v1/trace", json=NET | {"step": 7, "example": row}).json() for row in range(12)]
    by_id = [{node["id"]: node for node in trace["nodes"]} for trace in whole]
    # Each with the parameters of the step, and its own row of the data.
    made = client.post("/api/v1/network", json=NET["network"]).json()["values"]
    for row, nodes in enumerate(by_id):
        assert nodes["x"]["value"] == [made["x"][row]]
        assert nodes["W1"]["value"] == by_id[0]["W1"]["value"]
    # The loss is a mean, so that of a batch is the mean of its examples', and so are the gradients.
    step = client.post("/api/v1/trace", json=NET | {"step": 7}).json()
    batch = {node["id"]: node for node in step["nodes"]}
    rows = [made["x"].index(each) for each in batch["x"]["value"]]
    assert batch["loss"]["value"] == told[8]["step"]["loss"]
    assert batch["loss"]["value"] == pytest.approx(sum(by_id[row]["loss"]["value"] for row in rows) / 4, rel=1e-13)
    together = [sum(by_id[row]["b2"]["grad"][0] for row in rows) / 4]
    assert batch["b2"]["grad"] == pytest.approx(together, rel=1e-12)


@pytest.mark.parametrize("path", ["explain", "check", "code", "train", "diagnosis", "surface"])
def test_every_question_takes_an_example(client, path):
    further = {"explain": {"node": "W1"}, "check": {"nodes": ["W1"]}, "train": {"steps": 1}}
    answer = client.post(f"/api/v1/{path}", json=NET | {"step": 3, "example": 11} | further.get(path, {}))
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (NET | {"example": 12}, "there is no example 12"),
        (BOWL | {"example": 0}, "no input holds examples"),
        (NET | {"example": 0, "phase": "update"}, "Leave out phase"),
        ({"network": NET["network"], "example": 0}, "Give a run"),
        (NET | {"example": -1}, "must be at least 0"),
    ],
)
def test_what_is_no_example_is_refused(client, body, said):
    answer = client.post("/api/v1/trace", json=body)
    assert answer.status_code in (400, 422)
    assert said in answer.text


def test_it_stops_when_its_caller_leaves():
    """The application gets a disconnect after the first lines; it must end, long before its million steps."""
    app = create_app()
    body = json.dumps(NET | {"steps": 1_000_000, "every": 1}).encode()
    sent = []

    async def call():
        gone = asyncio.Event()
        asked = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive():
            if asked:
                return asked.pop()
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)
            if len(sent) == 4:
                gone.set()

        scope = {
            "type": "http", "method": "POST", "path": "/api/v1/train", "raw_path": b"/api/v1/train", "headers": [],
            "query_string": b"", "scheme": "http", "server": ("test", 80), "http_version": "1.1", "root_path": "",
        }  # fmt: skip
        await app(scope, receive, send)

    asyncio.run(call())
    told = b"".join(message.get("body", b"") for message in sent)
    assert b'"step":0' in told
    assert b"ends" not in told
    assert len(sent) < 50


OWN = {
    "program": """import numpy as np
X = np.array([[0.5, -1.0], [1.5, 2.0], [-0.5, 0.25]])
y = np.array([1.0, -1.0, 0.5])
w = np.array([0.1, -0.2])
b = 0.0
for i in range(ROUNDS):
    err = X @ w + b - y
    loss = np.mean(err ** 2)
    dw = 2 * X.T @ err / 3
    db = 2 * np.mean(err)
    w -= 0.1 * dw
    b -= 0.1 * db
    print(i, loss)
""",
    "run": {"own": True},
}


def own(rounds=200, **further):
    return {**OWN, "program": OWN["program"].replace("ROUNDS", str(rounds)), **further}


def test_a_program_trains_itself(client):
    begins, *steps, ends = lines(client.post("/api/v1/train", json=own()))
    told = begins["begins"]
    assert (told["own"], told["parameters"], told["shapes"], told["steps"]) == (True, ["w", "b"], [[2], []], 199)
    trace = client.post("/api/v1/trace", json=own(run=None)).json()
    assert trace["turns"] == 200
    assert [f"{row['step']['step']} {row['step']['loss']}" for row in steps] == [p["text"] for p in trace["prints"]]
    assert ends == {"ends": {"ended": "steps", "step": 199}}


def test_some_steps_of_its_own(client):
    rows = lines(client.post("/api/v1/train", json=own(start=20, steps=85, every=25)))
    assert [row["step"]["step"] for row in rows[1:-1]] == [25, 50, 75, 85]
    assert rows[-1] == {"ends": {"ended": "steps", "step": 85}}


@pytest.mark.parametrize("step", [0, 3, 120, 198, 199, 5000])
def test_each_of_its_own_steps_opens(client, step):
    found = client.post("/api/v1/trace", json=own(step=step)).json()
    # One turn is no training, and its ids are what they are in every turn.
    alone = {"step": 199} if step else {"run": None}
    shorter = client.post("/api/v1/trace", json=own(min(step, 199) + 1, **alone)).json()
    assert found.pop("turns") == 200
    assert shorter.pop("turns", None) in (min(step, 199) + 1, None)
    # Where the loop stands in the text differs by the digits of its range alone.
    assert found == shorter


@pytest.mark.parametrize(
    ("path", "further"),
    [
        ("explain", {"node": "loss"}),
        ("check", {}),
        ("nudge", {"node": "w", "index": [0], "delta": 0.1}),
        ("code", {}),
        ("grade", {"backward": "derr = 2 * err / 3"}),
    ],
)
def test_every_question_takes_a_step_of_its_own(client, path, further):
    found = client.post(f"/api/v1/{path}", json=own(step=11, **further))
    shorter = client.post(f"/api/v1/{path}", json=own(12, step=11, **further))
    assert found.status_code == 200, found.text
    assert found.json() == shorter.json()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (BOWL | {"run": {"own": True}}, "the program takes no training steps of its own"),
        (own(run={"own": True, "optimizer": "adam"}), "the program's own training is what its lines say"),
        (own(phase="update"), "its own steps have no update"),
    ],
)
def test_what_is_no_training_of_its_own_is_refused(client, body, said):
    for path in ("train", "trace"):
        answer = client.post(f"/api/v1/{path}", json=body)
        assert answer.status_code == 422, answer.text
        assert said in answer.json()["detail"]

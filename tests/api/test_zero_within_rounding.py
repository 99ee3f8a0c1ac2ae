"""What is 0 but for rounding is told beside a trace."""

from tests.engine.test_zero_within_rounding import SOFTMAX


def test_the_api_tells_it(client):
    answer = client.post("/api/v1/trace", json={"program": SOFTMAX}).json()
    assert [answer["nodes"][i]["id"] for i in answer["rounding"]["nodes"]] == ["m"]
    assert "rounding" not in client.post("/api/v1/trace", json={"program": "x = 2.0\ny = x * x"}).json()

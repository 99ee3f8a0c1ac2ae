-- wrk sends the body that BENCH_BODY names; at the end it prints one line that a program can read.
local file = io.open(os.getenv("BENCH_BODY"), "rb")
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["Content-Type"] = "application/json"
file:close()

function done(summary, latency)
  local errors = summary.errors
  print(string.format("RESULT %d %d %d %d",
    summary.requests, summary.duration, latency:percentile(99),
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end

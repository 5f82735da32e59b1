-- Asks for the paths of a file in turn, signed in; prints one line of JSON at the end.
-- wrk … -- FILE SESSION

local paths, cookie, at = {}, "", 0

function init(args)
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
  cookie = args[2]
end

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], { ["Cookie"] = "sessionid=" .. cookie, ["Host"] = "127.0.0.1" })
end

function done(summary, latency, requests)
  local faults = summary.errors.status + summary.errors.timeout + summary.errors.read + summary.errors.connect
  io.write(string.format('{"p50": %.3f, "p95": %.3f, "per_second": %.2f, "faults": %d}\n',
    latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    summary.requests / (summary.duration / 1e6), faults))
end

-- Requests of the benchmark for wrk: wrk -t N -c N -s load.lua URL -- FILE SERIAL
--
-- One connection to a thread, so that a script can tell which answer belongs to which request: wrk's own percentiles are
-- corrected for requests that a constant rate would have sent meanwhile, which a mix of quick and slow queries distorts.
--
-- A line of FILE: class, media type, bytes of the right answer or "-", path. SERIAL: first number of cold requests, or "-".

local ffi = require("ffi")
ffi.cdef("typedef struct { long sec; long nsec; } moment; int clock_gettime(int, moment *);")
local MONOTONIC, GROWTH, OK = 1, math.log(1.01), 200

local threads = {}
local requests, moment, sent, current, nextSerial, position

function setup(thread)
  threads[#threads + 1] = thread
  thread:set("number", #threads - 1)
end

local function now()
  ffi.C.clock_gettime(MONOTONIC, moment)
  return tonumber(moment.sec) * 1e6 + tonumber(moment.nsec) / 1e3
end

function init(args)
  moment, requests = ffi.new("moment"), {}
  seen, failed, wrong, statuses = {}, {}, 0, {}
  for line in io.lines(args[1]) do
    local class, accept, size, path = line:match("^(.-)\t(.-)\t(.-)\t(.*)$")
    local whole, pieces = wrk.format("GET", path, { Host = wrk.headers["Host"], Accept = accept }), {}
    for piece in (whole .. "_SERIAL"):gmatch("(.-)_SERIAL") do
      pieces[#pieces + 1] = piece
    end
    requests[#requests + 1] = { class = class, size = tonumber(size), pieces = pieces }
  end
  -- Each thread begins elsewhere in the list, and has a million numbers of its own.
  position = math.floor(number * #requests / tonumber(args[3]))
  nextSerial = tonumber(args[2]) and tonumber(args[2]) + number * 1e6
end

function request()
  -- wrk asks once for a request that it does not send, and again for one whose connection was lost.
  position = position % #requests + 1
  current = requests[position]
  local text
  if nextSerial then
    text = table.concat(current.pieces, "_" .. string.format("%d", nextSerial))
    nextSerial = nextSerial + 1
  else
    text = table.concat(current.pieces)
  end
  sent = now()
  return text
end

function response(status, headers, body)
  local bucket = current.class .. " " .. math.floor(math.log(math.max(now() - sent, 1)) / GROWTH)
  seen[bucket] = (seen[bucket] or 0) + 1
  if status ~= OK then
    local key = current.class .. " " .. status
    failed[key] = (failed[key] or 0) + 1
  elseif current.size and current.size ~= #body then
    wrong = wrong + 1
  end
end

local function add(total, part)
  for key, count in pairs(part) do
    total[key] = (total[key] or 0) + count
  end
end

local function object(counts)
  local fields = {}
  for key, count in pairs(counts) do
    fields[#fields + 1] = string.format('"%s":%d', key, count)
  end
  return "{" .. table.concat(fields, ",") .. "}"
end

function done(summary)
  local buckets, failures, sizes = {}, {}, 0
  for _, thread in ipairs(threads) do
    add(buckets, thread:get("seen"))
    add(failures, thread:get("failed"))
    sizes = sizes + thread:get("wrong")
  end
  local lost = summary.errors
  io.write(string.format(
    'FIGURES {"seconds":%f,"bytes":%d,"buckets":%s,"failed":%s,"wrong_size":%d,"connect":%d,"read":%d,"write":%d,"timeout":%d}\n',
    summary.duration / 1e6, summary.bytes, object(buckets), object(failures), sizes,
    lost.connect, lost.read, lost.write, lost.timeout))
end

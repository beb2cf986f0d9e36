"""What ``RedisStore`` has Redis do in one piece each, in Lua; each goes after ``PRELUDE``.

The keys are described in ``daehwa.stores.redis``. ``ARGV`` is what the scripts unpack first.
"""

# Numbers stay the strings they came as: Lua would round what it turns into text itself.
PRELUDE = """
local function bot_of(name) return string.match(name, '^[^/]*') end

local function after(micros)
    local now = redis.call('TIME')
    return string.format('%.0f', now[1] * 1000000 + now[2] + micros)
end

local function broken_off(key)
    local state, lease, reply = unpack(redis.call('HMGET', key, 'state', 'lease', 'reply'))
    if state == 'running' then return tonumber(lease or '0') <= tonumber(after(0)) end
    return state == 'incomplete' and not reply
end

local function write_end(turn, reply, has_reply, state, missed)
    local key = 'daehwa:turn:' .. turn
    local at = redis.call('HGET', key, 'at')
    redis.call('HSET', key, 'state', state, 'missed', missed)
    if has_reply == '1' then redis.call('HSET', key, 'reply', reply)
    else redis.call('HDEL', key, 'reply') end
    local misses = 'daehwa:missed:' .. bot_of(turn)
    if missed == '1' then redis.call('ZADD', misses, at, turn)
    else redis.call('ZREM', misses, turn) end
end

local function count_turn(turn, at, kind, figures)
    local bot = bot_of(turn)
    local kinds = 'daehwa:kinds:' .. bot
    local number = redis.call('HGET', kinds, kind)
    if not number then
        number = tostring(redis.call('HLEN', kinds) + 1)
        redis.call('HSET', kinds, kind, number)
    end
    redis.call('HSET', 'daehwa:counted:' .. bot, turn, number .. ' ' .. at .. ' ' .. figures)
end

local function add_turn(name, id, text, at, reply, has_reply, state, missed, kind, figures)
    local turn = name .. '\\n' .. id
    local key = 'daehwa:turn:' .. turn
    if redis.call('EXISTS', key) == 0 then
        local turns = 'daehwa:turns:' .. name
        redis.call('ZADD', turns, redis.call('ZCARD', turns), id)
        redis.call('HSET', key, 'text', text, 'at', at)
    end
    write_end(turn, reply, has_reply, state, missed)
    if kind then count_turn(turn, redis.call('HGET', key, 'at'), kind, figures) end
end

local function forget_turn(turn)
    redis.call('DEL', 'daehwa:turn:' .. turn)
    redis.call('ZREM', 'daehwa:missed:' .. bot_of(turn), turn)
    redis.call('HDEL', 'daehwa:counted:' .. bot_of(turn), turn)
    redis.call('HDEL', 'daehwa:rated:' .. bot_of(turn), turn)
end

local function forget(name)
    local turns = redis.call('ZRANGE', 'daehwa:turns:' .. name, 0, -1)
    for _, id in ipairs(turns) do forget_turn(name .. '\\n' .. id) end
    redis.call('DEL', 'daehwa:turns:' .. name, 'daehwa:session:' .. name)
    redis.call('ZREM', 'daehwa:expiry', name)
end
"""

SAVE = """
local name, expected, first, session, expires_at, started, id = unpack(ARGV, 1, 7)
if id then
    local turn = 'daehwa:turn:' .. name .. '\\n' .. id
    local state = redis.call('HGET', turn, 'state')
    if started == '1' and not state then return -1 end
    if state and state ~= 'running' and not broken_off(turn) then return -2 end
end
local key = 'daehwa:session:' .. name
if redis.call('HEXISTS', key, 'session') == 0 then
    if expected ~= '' then return -1 end
elseif redis.call('HGET', key, 'version') ~= expected then return -1 end
if redis.call('HSETNX', key, 'version', first) == 0 then
    redis.call('HINCRBY', key, 'version', 1)
end
redis.call('HSET', key, 'session', session, 'expires_at', expires_at)
redis.call('ZADD', 'daehwa:expiry', expires_at, name)
if id then add_turn(name, unpack(ARGV, 7)) end
return redis.call('HGET', key, 'version')
"""

START_TURN = """
local name, first, lease, id, text, at = unpack(ARGV, 1, 6)
local turn = 'daehwa:turn:' .. name .. '\\n' .. id
if redis.call('EXISTS', turn) == 1 then
    if not broken_off(turn) then return -2 end
    redis.call('HSET', turn, 'text', text, 'at', at)
    redis.call('HDEL', turn, 'stop')
end
local key = 'daehwa:session:' .. name
redis.call('HSETNX', key, 'version', first)
local expires_at = redis.call('HGET', key, 'expires_at')
if not expires_at or tonumber(expires_at) < tonumber(at) then
    redis.call('HSET', key, 'expires_at', at)
    redis.call('ZADD', 'daehwa:expiry', at, name)
end
add_turn(name, unpack(ARGV, 4))
redis.call('HSET', turn, 'lease', after(lease))
return 0
"""

RENEW = """
local stops = {}
for index = 2, #ARGV, 3 do
    local key = 'daehwa:turn:' .. ARGV[index]
    if redis.call('HGET', key, 'state') == 'running' then
        if redis.call('HEXISTS', key, 'stop') == 1 then stops[#stops + 1] = ARGV[index] end
        redis.call('HSET', key, 'lease', after(ARGV[1]))
        if ARGV[index + 1] == '1' then redis.call('HSET', key, 'reply', ARGV[index + 2])
        else redis.call('HDEL', key, 'reply') end
    end
end
return stops
"""

STOP = """
local key = 'daehwa:turn:' .. ARGV[1]
if redis.call('HGET', key, 'state') ~= 'running' or broken_off(key) then return 0 end
redis.call('HSET', key, 'stop', '1')
return 1
"""

DELETE = """
local name, transcript = unpack(ARGV)
local key = 'daehwa:session:' .. name
local existed = redis.call('HEXISTS', key, 'session')
if transcript == '1' then forget(name)
elseif existed == 1 then
    redis.call('HDEL', key, 'session')
    redis.call('HINCRBY', key, 'version', 1)
end
return existed
"""

# The turns that stay are counted again: a turn's score is how many there were before it.
FORGET_TURNS = """
local forgotten = 0
for _, name in ipairs(ARGV) do
    local turns, kept = 'daehwa:turns:' .. name, {}
    for _, id in ipairs(redis.call('ZRANGE', turns, 0, -1)) do
        local turn = name .. '\\n' .. id
        local key = 'daehwa:turn:' .. turn
        if redis.call('HGET', key, 'state') == 'running' and not broken_off(key) then
            kept[#kept + 1] = id
        else
            forget_turn(turn)
            forgotten = forgotten + 1
        end
    end
    redis.call('DEL', turns)
    for index, id in ipairs(kept) do redis.call('ZADD', turns, index - 1, id) end
end
return forgotten
"""

FEEDBACK = """
local key = 'daehwa:turn:' .. ARGV[1]
if redis.call('EXISTS', key) == 0 then return 0 end
redis.call('HDEL', key, 'rating', 'comment')
local rated = 'daehwa:rated:' .. bot_of(ARGV[1])
redis.call('HDEL', rated, ARGV[1])
for index = 2, #ARGV, 2 do
    redis.call('HSET', key, ARGV[index], ARGV[index + 1])
    if ARGV[index] == 'rating' then
        redis.call('HSET', rated, ARGV[1], ARGV[index + 1] == 'up' and '1' or '-1')
    end
end
return 1
"""

PURGE = """
local names = redis.call(
    'ZRANGEBYSCORE', 'daehwa:expiry', '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
for _, name in ipairs(names) do forget(name) end
return #names
"""


EMPTY = """
local rows = redis.call(
    'ZRANGEBYSCORE', 'daehwa:expiry', ARGV[1], '(' .. ARGV[2], 'WITHSCORES', 'LIMIT', 0, ARGV[3])
for index = 1, #rows, 2 do
    local key = 'daehwa:session:' .. rows[index]
    if redis.call('HEXISTS', key, 'session') == 1 then redis.call('HSET', key, 'session', '') end
end
return rows
"""
# A script, as each change of a turn is: a user may be allowed commands and no scripts.
PING = "return redis.call('HINCRBY', 'daehwa:upkeep', 'pings', 1)"

-- Neovim's own client against the server over stdio: the diagnostic is shown, the quick fix applied, the file saved.
-- The settings are a recipe of docs/editors.md, which has started the client when this runs.
-- Runs in Neovim 0.7, which has no filter for code actions, and in later ones.
-- Writes to the file named in CASE_REVIEW_RESULTS; each step is a line "pass|fail<tab>title<tab>error".
local RULE = 'suspect-tracing/steps-answered'
local STEP = 'Police National Database'
local FIX = '^Add .*Police National Database.* as outstanding'
local results = assert(io.open(os.getenv('CASE_REVIEW_RESULTS'), 'w'))

local function report(state, title, message)
  results:write(state, '\t', title, '\t', (tostring(message or ''):gsub('%s+', ' ')), '\n')
  results:flush()
end

local function wait_for(what, condition)
  if not vim.wait(15000, condition, 20) then error('timed out waiting for ' .. what, 0) end
end

local buffer = vim.api.nvim_get_current_buf()

local function code_of(diagnostic)
  return diagnostic.code or (diagnostic.user_data and diagnostic.user_data.lsp and diagnostic.user_data.lsp.code)
end

-- The finding on the one step without an answer; the rule may have more to say.
local function finding()
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
    if code_of(diagnostic) == RULE and diagnostic.message:find(STEP, 1, true) then return diagnostic end
  end
end

-- By id. Neovim 0.7 has no other way to ask for those of a buffer.
local function get_clients()
  if not vim.lsp.get_clients then return vim.lsp.buf_get_clients(buffer) end
  local clients = {}
  for _, found in ipairs(vim.lsp.get_clients({ bufnr = buffer })) do clients[found.id] = found end
  return clients
end

local client
local steps = {
  { 'the server attaches', function()
    wait_for('the server to initialize', function()
      client = next(get_clients())
      return client ~= nil and vim.lsp.get_client_by_id(client).initialized
    end)
    assert(vim.bo[buffer].filetype == 'case-review', 'the review has another type')
  end },
  { 'the diagnostic of the unanswered step is shown', function()
    wait_for('the diagnostic', finding)
  end },
  { 'the quick fix answers the step', function()
    local found = finding()
    vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
    -- The menu of code actions asks through this function; the answer is the one a user would pick.
    vim.ui.select = function(items, _, choose)
      for _, item in ipairs(items) do
        local action = item.action or item[2]
        if action.title:find(FIX) then return choose(item) end
      end
      choose(nil)
    end
    vim.lsp.buf.code_action()
    wait_for('the edit', function()
      return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n'):find('\n    pnd:') ~= nil
    end)
    wait_for('the diagnostic to go away', function() return finding() == nil end)
  end },
  { 'the fixed review is saved and the server ends', function()
    vim.cmd('silent write!')
    vim.lsp.stop_client(client)
    wait_for('the server to end', function() return vim.lsp.get_client_by_id(client) == nil end)
  end },
}

for _, step in ipairs(steps) do
  local ok, message = pcall(step[2])
  report(ok and 'pass' or 'fail', step[1], message)
  if not ok then vim.cmd('cquit 1') end
end
vim.cmd('qall!')

-- A user's way through Neovim: findings, completion, a rename, a fix. Ends with 1 where one fails.
local patience = tonumber(vim.env.PATIENCE) * 1000
local buffer = vim.api.nvim_get_current_buf()

local function lines() return vim.api.nvim_buf_get_lines(buffer, 0, -1, false) end
local function text() return table.concat(lines(), '\n') end

local function expect(what, ok, seen)
  if ok then return end
  io.stderr:write('Neovim: ' .. what .. '; there is:\n' .. (seen or text()) .. '\n')
  vim.cmd('cquit 1')
end

--- Waits for something to become true.
local function await(what, condition, seen)
  expect(what, vim.wait(patience, condition, 10), seen and seen())
end

local function findings()
  local all = {}
  for _, it in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(all, ('%d:%d %s'):format(it.lnum + 1, it.col + 1, it.code or ''))
  end
  table.sort(all)
  return all
end

local function found(code) return vim.tbl_contains(findings(), code) end
local function listed() return table.concat(findings(), '\n') end

await('the server is attached', function() return next(vim.lsp.buf_get_clients(buffer)) ~= nil end)
await('depends_on is found in line 5', function() return found('5:7 depends-on-long-form') end, listed)

-- Completion, as omnifunc would list it.
vim.api.nvim_buf_set_lines(buffer, 8, 8, false, { '      upd' })
vim.api.nvim_win_set_cursor(0, { 9, 9 })
local params = vim.lsp.util.make_position_params()
local answers = vim.lsp.buf_request_sync(buffer, 'textDocument/completion', params, patience)
local words = {}
for _, it in pairs(answers or {}) do
  for _, item in ipairs(vim.lsp.util.text_document_completion_list_to_complete_items(it.result or {}, 'upd')) do
    table.insert(words, item.word)
  end
end
expect('`update_config` completes `upd` in deploy', #vim.tbl_filter(function(it) return it:find('^update_config') end, words) == 1, vim.inspect(words))
vim.api.nvim_buf_set_lines(buffer, 8, 9, false, {})

-- A rename of a network, where it is declared.
vim.api.nvim_win_set_cursor(0, { 13, 2 })
vim.lsp.buf.rename('inner')
await('the network is renamed in three places', function()
  local _, count = text():gsub('inner', '')
  return count == 3 and not text():find('backend')
end)

-- A fix, chosen from what is offered.
local _, client = next(vim.lsp.buf_get_clients(buffer))
if client.server_capabilities.codeActionProvider then
  vim.ui.select = function(items, options, choose)
    for index, it in ipairs(items) do
      local title = options.format_item(it)
      if title:find('list') then return choose(it, index) end
    end
    expect('a fix is offered', false, vim.inspect(vim.tbl_map(options.format_item, items)))
  end
  vim.api.nvim_win_set_cursor(0, { 5, 8 })
  vim.lsp.buf.code_action()
  await('depends_on is a list', function() return text():find('depends_on:%s*%[%s*db%s*%]') or text():find('depends_on:%s+%- db') end)
  await('the finding is gone', function() return not found('5:7 depends-on-long-form') end, listed)
end

io.stdout:write('Neovim: findings, completion, rename and fix\n')
vim.cmd('quitall!')

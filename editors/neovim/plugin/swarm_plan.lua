-- Starts the language server of swarm-plan for stack files, inventories and swarm-plan.toml.
-- Neovim 0.11 and later do it by themselves; for 0.7 to 0.10 the same is done here.
if vim.g.loaded_swarm_plan then return end
vim.g.loaded_swarm_plan = true

-- The settings have a type of their own, so that no other TOML file is sent to the server.
vim.api.nvim_create_autocmd({ 'BufRead', 'BufNewFile' }, {
  group = vim.api.nvim_create_augroup('swarm_plan_settings', {}),
  pattern = 'swarm-plan.toml',
  callback = function() vim.bo.filetype = 'toml.swarm-plan' end,
})

if vim.lsp.enable then
  vim.lsp.enable('swarm_plan')
  return
end

local config = dofile(vim.api.nvim_get_runtime_file('lsp/swarm_plan.lua', false)[1])
config = vim.tbl_extend('force', config, vim.g.swarm_plan or {})
local clients = {}

--- The nearest folder upward that holds one of the markers, or the file's own.
local function root_of(folder)
  for _, marker in ipairs(config.root_markers) do
    local file = vim.fn.findfile(marker, folder .. ';')
    local found = file ~= '' and file or vim.fn.finddir(marker, folder .. ';')
    if found ~= '' then return vim.fn.fnamemodify(found, ':p:s?/$??:h') end
  end
  return folder
end

local function start(buffer)
  local file = vim.api.nvim_buf_get_name(buffer)
  if file == '' or vim.bo[buffer].buftype ~= '' then return end
  if vim.fn.executable(config.cmd[1]) == 0 then
    vim.notify_once(config.cmd[1] .. ' is not on PATH: stack files are not checked', vim.log.levels.WARN)
    return
  end
  local root = root_of(vim.fn.fnamemodify(file, ':p:h'))
  if not clients[root] then
    clients[root] = vim.lsp.start_client(vim.tbl_extend('force', config, {
      name = 'swarm_plan',
      root_dir = root,
      workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
      on_exit = function() clients[root] = nil end,
    }))
  end
  if clients[root] then vim.lsp.buf_attach_client(buffer, clients[root]) end
end

vim.api.nvim_create_autocmd('FileType', {
  group = vim.api.nvim_create_augroup('swarm_plan', {}),
  pattern = config.filetypes,
  callback = function(event) start(event.buf) end,
})

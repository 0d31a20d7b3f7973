-- The language server of swarm-plan, as `vim.lsp.enable('swarm_plan')` of Neovim 0.11 takes it.
return {
  cmd = { 'swarm-plan', 'lsp' },
  filetypes = { 'yaml', 'yaml.docker-compose', 'toml.swarm-plan' },
  root_markers = { 'swarm-plan.toml', '.git' },
}

-- What a user of Neovim has: the folder editors/neovim as a plugin.
vim.opt.runtimepath:prepend(vim.env.PLUGIN)
vim.cmd('filetype plugin on')

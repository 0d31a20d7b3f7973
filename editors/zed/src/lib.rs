//! Tells Zed how to start `swarm-plan lsp`.

use zed_extension_api as zed;
use zed_extension_api::serde_json::{Value, json};
use zed_extension_api::settings::LspSettings;

struct SwarmPlan;

impl zed::Extension for SwarmPlan {
    fn new() -> Self {
        Self
    }

    fn language_server_command(
        &mut self,
        server: &zed::LanguageServerId,
        worktree: &zed::Worktree,
    ) -> zed::Result<zed::Command> {
        let settings = LspSettings::for_worktree(server.as_ref(), worktree).ok();
        let chosen = settings.and_then(|it| it.binary).and_then(|it| it.path);
        let command = chosen.or_else(|| worktree.which("swarm-plan")).ok_or(
            "swarm-plan is not on PATH: install it, or set lsp.swarm-plan.binary.path",
        )?;
        Ok(zed::Command { command, args: vec!["lsp".to_owned()], env: worktree.shell_env() })
    }

    fn language_server_workspace_configuration(
        &mut self,
        server: &zed::LanguageServerId,
        worktree: &zed::Worktree,
    ) -> zed::Result<Option<Value>> {
        let settings = LspSettings::for_worktree(server.as_ref(), worktree).ok();
        let settings = settings.and_then(|it| it.settings).unwrap_or_else(|| json!({}));
        Ok(Some(json!({ "swarm-plan": settings })))
    }
}

zed::register_extension!(SwarmPlan);

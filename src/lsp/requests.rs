//! Which request is answered where.

use lsp_server::ErrorCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::lsp::server::{Failure, Server};
use crate::lsp::{actions, complete, hints, hover, navigate, outline, pull};

/// The answer to a request.
pub(super) fn answer(server: &mut Server, method: &str, params: Value) -> Result<Value, Failure> {
    match method {
        "textDocument/completion" => with(server, params, complete::complete),
        "completionItem/resolve" => with(server, params, complete::resolve),
        "textDocument/codeAction" => with(server, params, actions::actions),
        "textDocument/inlayHint" => with(server, params, hints::hints),
        "textDocument/codeLens" => with(server, params, hints::lenses),
        "textDocument/hover" => with(server, params, hover::hover),
        "textDocument/definition" => with(server, params, navigate::definition),
        "textDocument/references" => with(server, params, navigate::references),
        "textDocument/documentHighlight" => with(server, params, navigate::highlight),
        "textDocument/prepareRename" => with(server, params, navigate::prepare),
        "textDocument/rename" => fallible(server, params, navigate::rename),
        "textDocument/documentSymbol" => with(server, params, outline::symbols),
        "textDocument/foldingRange" => with(server, params, outline::folds),
        "textDocument/selectionRange" => with(server, params, outline::selections),
        "textDocument/documentLink" => with(server, params, outline::links),
        "swarm-plan/text" => with(server, params, pull::text),
        "workspace/symbol" => with(server, params, outline::workspace),
        "textDocument/diagnostic" => with(server, params, pull::document),
        "workspace/diagnostic" => with(server, params, pull::workspace),
        "workspace/textDocumentContent" => with(server, params, pull::page),
        _ => Err(Failure::new(ErrorCode::MethodNotFound, format!("no method `{method}`"))),
    }
}

fn fallible<P: DeserializeOwned>(
    server: &mut Server,
    params: Value,
    work: impl FnOnce(&mut Server, &P) -> Result<Value, Failure>,
) -> Result<Value, Failure> {
    let params = serde_json::from_value(params)
        .map_err(|it| Failure::new(ErrorCode::InvalidParams, it.to_string()))?;
    work(server, &params)
}

fn with<P: DeserializeOwned, R: Serialize>(
    server: &mut Server,
    params: Value,
    work: impl FnOnce(&mut Server, &P) -> R,
) -> Result<Value, Failure> {
    let params = serde_json::from_value(params)
        .map_err(|it| Failure::new(ErrorCode::InvalidParams, it.to_string()))?;
    let found = work(server, &params);
    serde_json::to_value(found).map_err(|it| Failure::new(ErrorCode::InternalError, it.to_string()))
}

//! Which request is answered where.

use lsp_server::ErrorCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::lsp::pull;
use crate::lsp::server::{Failure, Server};

/// The answer to a request.
pub(super) fn answer(server: &mut Server, method: &str, params: Value) -> Result<Value, Failure> {
    match method {
        "textDocument/diagnostic" => with(server, params, pull::document),
        "workspace/diagnostic" => with(server, params, pull::workspace),
        "workspace/textDocumentContent" => with(server, params, pull::page),
        _ => Err(Failure::new(ErrorCode::MethodNotFound, format!("no method `{method}`"))),
    }
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

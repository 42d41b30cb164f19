//! Answers over a web socket, as `graphql-transport-ws` says.

mod handshake;
mod protocol;
mod session;

pub(super) use handshake::{is_asked, upgrade};

//! Which graph is served now: the current snapshot, how it is replaced, and who hears of it.

mod current;
mod fault;
mod retire;
mod status;

pub use current::{Change, Live};
pub use fault::Fault;
pub use status::{Refused, Status};

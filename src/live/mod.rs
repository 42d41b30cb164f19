//! Which graph is served now: the current snapshot, how it follows its source, and who hears of it.

mod current;
mod fault;
mod follow;
mod local;
mod look;
mod retire;
mod source;
mod status;

pub use current::Live;
pub use fault::Fault;
pub use follow::{Follower, follow};
pub use local::{Local, Read};
pub use source::{Source, Watch};
pub use status::{Refused, Status};

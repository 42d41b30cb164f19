//! Which graph is served now: the current snapshot, how it follows its source, and who hears of it.

mod current;
mod fault;
mod follow;
mod local;
mod look;
#[cfg(feature = "remote")]
mod remote;
mod retire;
mod shelf;
mod source;
mod status;

pub use current::Live;
pub use fault::Fault;
pub use follow::{Follower, follow};
pub use local::{Local, Read};
#[cfg(feature = "remote")]
pub use remote::{Check, Remote};
pub use shelf::{Beside, Shelf, Shelved};
pub use source::{Source, Watch};
pub use status::{Refused, Status};

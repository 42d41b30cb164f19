//! What most often is there at once.

use std::future::{Ready, ready};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Either};

/// Something that is there, or will come. Most answers are worked out on the spot; a future for each,
/// through all that is done with it, would cost as much as they do.
pub enum Progress<T> {
    /// It is there.
    Done(T),
    /// It will come.
    UnderWay(BoxFuture<'static, T>),
}

impl<T: Send + 'static> Progress<T> {
    /// What becomes of it.
    pub fn map<U>(self, then: impl FnOnce(T) -> U + Send + 'static) -> Progress<U> {
        match self {
            Self::Done(value) => Progress::Done(then(value)),
            Self::UnderWay(value) => Progress::UnderWay(value.map(then).boxed()),
        }
    }
}

impl<T> IntoFuture for Progress<T> {
    type Output = T;
    type IntoFuture = Either<Ready<T>, BoxFuture<'static, T>>;

    fn into_future(self) -> Self::IntoFuture {
        match self {
            Self::Done(value) => Either::Left(ready(value)),
            Self::UnderWay(value) => Either::Right(value),
        }
    }
}

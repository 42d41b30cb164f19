//! Every limit on questions, in one place.

/// What a question may ask for at most.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Items on a page.
    pub page: usize,
    /// Items on a page where nothing is asked for.
    pub default_page: usize,
}

/// The limits in force.
pub const LIMITS: Limits = Limits { page: 500, default_page: 50 };

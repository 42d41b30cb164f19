//! From one table to the type that holds the values and the list that describes them.

/// What there is to say about an option.
#[derive(Debug)]
pub(crate) struct Opt {
    /// What it belongs to.
    pub(crate) group: &'static str,
    /// Its name in the file; with dashes that of the flag, in capitals behind `PACTGRAPH_` that in
    /// the environment.
    pub(crate) key: &'static str,
    /// What it does.
    pub(crate) says: &'static str,
    /// What stands for its value.
    pub(crate) sign: &'static str,
    /// What its value may be.
    pub(crate) expected: String,
    /// What it is where nobody says otherwise; nothing where it is not set then.
    pub(crate) default: Option<String>,
}

impl Opt {
    /// As on the command line, without the dashes before it.
    pub(crate) fn flag(&self) -> String {
        self.key.replace('_', "-")
    }

    /// As in the environment.
    pub(crate) fn variable(&self) -> String {
        format!("PACTGRAPH_{}", self.key.to_ascii_uppercase())
    }
}

/// Makes `Settings` of a table: what each option does, its name, its type, its default and its kind.
macro_rules! settings {
    ($( $group:literal { $( $(#[doc = $says:literal])+ $key:ident: $type:ty = $default:expr, $kind:expr; )+ } )+) => {
        /// All that the service can be told.
        #[derive(Debug, Clone)]
        pub(crate) struct Settings { $($( $(#[doc = $says])+ pub(crate) $key: $type, )+)+ }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($( $key: $default, )+)+ }
            }
        }

        impl Settings {
            /// Every option, in the order of the table.
            pub(crate) fn options() -> Vec<Opt> {
                let default = Self::default();
                vec![$($( {
                    let kind = $kind;
                    Opt {
                        group: $group,
                        key: stringify!($key),
                        says: concat!($($says),+).trim_ascii(),
                        sign: kind.sign(),
                        default: kind.text(&default.$key),
                        expected: kind.expected(),
                    }
                }, )+)+]
            }

            /// Sets an option, or says what is expected. No option, no change.
            pub(crate) fn set(&mut self, key: &str, text: &str) -> Result<(), String> {
                match key {
                    $($( stringify!($key) => {
                        let kind = $kind;
                        self.$key = kind.parse(text).ok_or_else(|| kind.expected())?;
                    } )+)+
                    _ => {}
                }
                Ok(())
            }

            /// The value of an option as text; nothing where it is not set.
            pub(crate) fn text(&self, key: &str) -> Option<String> {
                match key {
                    $($( stringify!($key) => $kind.text(&self.$key), )+)+
                    _ => None,
                }
            }
        }
    };
}

pub(super) use settings;

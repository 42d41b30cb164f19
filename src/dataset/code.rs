//! Code: the only list of what can be wrong with the files, under names that never change.

use std::fmt;

macro_rules! codes {
    ($($variant:ident $name:literal $explanation:literal)*) => {
        /// What is wrong, as a name that scripts and people can rely on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $explanation] $variant,)*
        }

        impl Code {
            /// Every code, in the order of their names.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable name: `unknown-node`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What the code stands for, in one sentence.
            pub fn explanation(self) -> &'static str {
                match self {
                    $(Self::$variant => $explanation,)*
                }
            }
        }
    };
}

codes! {
    AgreementWithoutParties "agreement-without-parties"
        "An agreement names nobody who signed it or is party to it."
    ChosenDateDiffers "chosen-date-differs"
        "The date chosen in a dispute is not the date of the first dated event of the sheet."
    ChosenNotGiven "chosen-not-given"
        "A dispute chooses a value that none of its sources gives."
    Cycle "cycle"
        "A chain of BuildsOn, Succeeds, PartOf or copy_of leads back to where it began."
    DateAndSpan "date-and-span"
        "A relationship is said to come about on a date and also to last since or until one."
    DisputeNeedsTwoValues "dispute-needs-two-values"
        "A dispute gives fewer than two values, so that nothing is disputed."
    DuplicateAlias "duplicate-alias"
        "A sheet gives the same alias twice in the same language."
    DuplicateId "duplicate-id"
        "Two sheets have the same id, which must be unique over all folders."
    DuplicateStatement "duplicate-statement"
        "The same relationship is stated twice, with the same dates or once without any."
    EmptyText "empty-text"
        "A text is empty or blank; what is not known is left out."
    EndBeforeStart "end-before-start"
        "Something ends on a date that certainly lies before its beginning."
    FormerId "former-id"
        "A former id is still that of a node, or leads to two."
    InvalidCode "invalid-code"
        "The code of a country or jurisdiction is not of the form that ISO 3166 gives it."
    InvalidDate "invalid-date"
        "A date is not a year, a year and month, or a full date that exists."
    InvalidId "invalid-id"
        "An id or a file name is not lower-case words joined by single hyphens."
    InvalidLicense "invalid-license"
        "The licence of a release is not the identifier of one in the list of SPDX."
    InvalidPack "invalid-pack"
        "A pack is cut off, altered, too large, not under the digest of its facts, or of a format that this program does not read."
    InvalidQuery "invalid-query"
        "A named query cannot be asked: its name, its document or the values of its variables are wrong."
    InvalidTag "invalid-tag"
        "A language is not given by its BCP 47 tag."
    InvalidUrl "invalid-url"
        "An address is not an http or https address with a host."
    MisplacedFile "misplaced-file"
        "A sheet lies in a folder that is for sheets of another kind."
    MissingName "missing-name"
        "A name is empty in one of the two languages."
    MissingRelease "missing-release"
        "There is no release.ron to say which edition of the data this is."
    MissingSource "missing-source"
        "A node, a relationship, a declared count of members, a binding force or a signer has no source."
    NotUtf8 "not-utf8"
        "A file is not UTF-8 text."
    OrphanNode "orphan-node"
        "No relationship leads to a node or away from it."
    SelfRelationship "self-relationship"
        "A relationship goes from a node to itself."
    StrayFile "stray-file"
        "A file or folder lies where no fact sheet is expected, so that it would not be read."
    Syntax "syntax"
        "A file does not follow the format of fact sheets."
    TooLarge "too-large"
        "A file, or a folder, holds more bytes than are read."
    UnknownNode "unknown-node"
        "A relationship or a named query names a node that has no fact sheet."
    UnknownSource "unknown-source"
        "A citation or a named query names a source that has no fact sheet."
    UnreadableFile "unreadable-file"
        "A file or folder cannot be read."
    UntidyText "untidy-text"
        "A text begins or ends with a blank, holds a character that nobody sees or no file can hold, or is not in the normal form NFC."
    UnusedSource "unused-source"
        "A source is not cited anywhere, and no copy of one that could be."
    WrongKind "wrong-kind"
        "A relationship joins kinds of nodes that it cannot join."
    WrongRole "wrong-role"
        "A relationship has a role that its kind does not have, or somebody signs for one who is no party."
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

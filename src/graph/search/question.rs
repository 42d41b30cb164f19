//! Questions typed in words, and what answers them: one table, in both languages.

use super::fold::fold;

/// What a question typed in words is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Who has agreements with Canada.
    Partners,
    /// Who has none.
    WithoutAgreement,
    /// Which agreements are the newest.
    Newest,
    /// What happened when.
    History,
    /// Which themes are covered.
    Themes,
    /// What builds on something.
    Foundations,
    /// What links two things.
    Paths,
    /// On what sources differ.
    Disputes,
}

impl Topic {
    /// The named query that answers such questions, should the data bring it along.
    pub fn named_query(self) -> &'static str {
        match self {
            Self::Partners => "countries-with-an-agreement",
            Self::WithoutAgreement => "members-without-an-agreement",
            Self::Newest => "agreements-newest-first",
            Self::History | Self::Themes => "counts-for-charts",
            Self::Foundations => "what-builds-on-the-eu-partnership",
            Self::Paths => "japan-to-the-g7-plan-without-canada",
            Self::Disputes => "when-sources-disagree",
        }
    }
}

/// Folded words, of which a question must have one.
type Words = &'static [&'static str];

const AGREEMENTS: Words = &[
    "agreement",
    "agreements",
    "deal",
    "deals",
    "treaty",
    "treaties",
    "mou",
    "mous",
    "memorandum",
    "memoranda",
    "partnership",
    "partnerships",
    "sign",
    "signed",
    "accord",
    "accords",
    "entente",
    "ententes",
    "traite",
    "traites",
    "protocole",
    "protocoles",
    "partenariat",
    "partenariats",
    "signe",
    "signent",
    "cooperate",
    "cooperates",
    "coopere",
    "cooperent",
    "collaborate",
    "collaborates",
    "collabore",
    "collaborent",
    "works",
    "travaille",
];
const SEVERAL: Words = &[
    "agreements",
    "deals",
    "treaties",
    "mous",
    "memoranda",
    "partnerships",
    "accords",
    "ententes",
    "traites",
    "protocoles",
    "partenariats",
    "agreement",
    "accord",
    "entente",
];
const PARTNERS: Words = &["country", "countries", "partners", "partenaires"];
const ASKING: Words = &[
    "what", "which", "who", "whom", "whose", "when", "where", "how", "list", "quel", "quelle", "quels", "quelles",
    "qui", "que", "quoi", "quand", "comment", "combien", "liste",
];
const NONE: Words = &["no", "not", "without", "none", "never", "sans", "aucun", "aucune", "pas", "jamais"];

/// What questions have, word by word, and what they are about. The first that fits tells.
const PATTERNS: [(&[Words], Topic); 15] = [
    (&[&["sources"], &["differ", "disagree", "contradict", "conflict", "divergent", "contredisent"]], Topic::Disputes),
    (&[&["builds", "build", "built", "rests", "appuie", "appuient", "repose", "decoule"], ASKING], Topic::Foundations),
    (&[&["link", "links", "linked", "connects", "connected", "connection", "path", "paths"], ASKING], Topic::Paths),
    (&[&["lien", "liens", "lie", "lies", "relie", "relient", "chemin", "chemins"], ASKING], Topic::Paths),
    (&[NONE, AGREEMENTS, PARTNERS], Topic::WithoutAgreement),
    (&[NONE, AGREEMENTS, ASKING, &["pays", "who", "qui", "members", "membres"]], Topic::WithoutAgreement),
    (&[&["newest", "latest", "recent", "recently", "last"], SEVERAL], Topic::Newest),
    (
        &[&["dernier", "derniere", "derniers", "dernieres", "recents", "recentes", "nouveaux", "nouvelles"], SEVERAL],
        Topic::Newest,
    ),
    (&[&["theme", "themes", "topics", "subjects", "sujets", "domaines"], AGREEMENTS], Topic::Themes),
    (&[&["theme", "themes", "topics", "subjects", "sujets", "domaines"], PARTNERS], Topic::Themes),
    (&[PARTNERS, AGREEMENTS], Topic::Partners),
    (&[&["pays", "who", "whom", "qui"], AGREEMENTS, ASKING], Topic::Partners),
    (&[&["partners", "partenaires"], &["canada", "canadian", "canadiens"]], Topic::Partners),
    (&[&["when", "quand", "timeline", "chronologie"], AGREEMENTS], Topic::History),
    (&[&["year", "years", "annee", "annees"], SEVERAL], Topic::History),
];

/// What a text is about that is a question. None where it is a name or some words.
/// O(length × the table), of a text within the bounds of a search.
pub(super) fn topic(text: &str) -> Option<Topic> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let fits = |all: &[Words]| all.iter().all(|any| words.iter().any(|word| any.contains(word)));
    PATTERNS.iter().find(|(all, _)| fits(all)).map(|(_, topic)| *topic)
}

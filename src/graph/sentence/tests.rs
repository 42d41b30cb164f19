//! Tenses and dates of sentences.

use super::*;

fn told(kind: RelationshipKind, tense: Tense) -> Told {
    Told { kind, role: None, nature: kind.nature(), tense }
}

#[test]
fn dates_are_told_in_the_tense_of_the_day() {
    let date = |text: &str| text.parse::<PartialDate>().ok();
    use RelationshipKind::{BuildsOn, Covers, Launched, MemberOf, PartyTo, Signed};
    use Tense::{Future, Past, Present};
    let table = [
        (Signed, Past, "2016-10-30", "", " on 30 October 2016", " le 30 octobre 2016"),
        (Signed, Past, "2025-10", "", " in October 2025", " en octobre 2025"),
        (Launched, Past, "2005", "", " in 2005", " en 2005"),
        (Launched, Future, "2027-01", "", " in January 2027", " en janvier 2027"),
        (BuildsOn, Past, "2026-03-02", "", " (2 March 2026)", " (2 mars 2026)"),
        (PartyTo, Present, "2023-09-28", "", " (since 28 September 2023)", " (depuis le 28 septembre 2023)"),
        (PartyTo, Future, "2027-01-01", "", " from 1 January 2027", " à partir du 1er janvier 2027"),
        (PartyTo, Future, "2027", "", " from 2027", " à partir de 2027"),
        (PartyTo, Future, "", "", "", ""),
        (MemberOf, Present, "1958-01-01", "", " (since 1 January 1958)", " (depuis le 1er janvier 1958)"),
        (MemberOf, Present, "1997", "", " (since 1997)", " (depuis 1997)"),
        (
            MemberOf,
            Past,
            "2022-08",
            "2026-02-04",
            " from August 2022 to 4 February 2026",
            " d'août 2022 au 4 février 2026",
        ),
        (MemberOf, Past, "2022-06-01", "2026", " from 1 June 2022 to 2026", " du 1er juin 2022 à 2026"),
        (MemberOf, Past, "", "2026-02", " until February 2026", " jusqu'en février 2026"),
        (MemberOf, Present, "", "2031", " (until 2031)", " (jusqu'en 2031)"),
        (Covers, Present, "2025", "2031-03-31", " (from 2025 to 31 March 2031)", " (de 2025 au 31 mars 2031)"),
        (Covers, Present, "", "", "", ""),
    ];
    for (kind, tense, start, end, english, french) in table {
        let interval = DateInterval { start: date(start), end: date(end) };
        let said = [Language::En, Language::Fr].map(|language| told(kind, tense).when(interval, language));
        assert_eq!(said, [english, french], "{kind:?} {tense:?} {start} {end}");
    }
}

#[test]
fn verbs_are_in_the_tense_of_the_day() {
    use Tense::{Future, Past, Present};
    let table = [
        (RelationshipKind::MemberOf, Past, false, "was a member of", "a été membre"),
        (RelationshipKind::MemberOf, Past, true, "were members of", "ont été membres"),
        (RelationshipKind::MemberOf, Present, true, "are members of", "sont membres"),
        (RelationshipKind::PartyTo, Future, false, "is to be a party to", "doit être partie"),
        (RelationshipKind::PartyTo, Future, true, "are to be parties to", "doivent être parties"),
        (RelationshipKind::Signed, Past, false, "signed", "a signé"),
        (RelationshipKind::Signed, Future, true, "are to sign", "doivent signer"),
        (RelationshipKind::BuildsOn, Past, false, "builds on", "s'appuie sur"),
        (RelationshipKind::Hosts, Past, false, "hosted or chaired", "a accueilli ou présidé"),
    ];
    for (kind, tense, plural, english, french) in table {
        let told = told(kind, tense);
        assert_eq!((told.english_verb(plural).as_str(), told.french_verb(plural).0.as_str()), (english, french));
    }
    // Every kind has another verb for what is past or to come, save what a text says.
    for kind in RelationshipKind::ALL {
        let verbs = |tense| [told(kind, tense).english_verb(false), told(kind, tense).french_verb(false).0];
        assert_ne!(verbs(Present), verbs(Future), "{kind:?}");
        let is_of_a_text = told(kind, Past).is_of_a_text();
        assert_eq!(verbs(Present)[0] == verbs(Past)[0], is_of_a_text, "{kind:?}");
    }
}

//! The verbs of roles: what a relationship says whose sources say more than its kind does.

use super::sentence::{Preposition, Verb};
use crate::model::Role;

/// The English verb.
pub(super) fn english(role: Role) -> Verb {
    let verb = |present, past, infinitive| Verb { present, past, infinitive };
    let plain = |present: [&'static str; 2], past| verb(present, [past; 2], [present[1]; 2]);
    match role {
        Role::Associate => verb(
            ["is associated with", "are associated with"],
            ["was associated with", "were associated with"],
            ["be associated with"; 2],
        ),
        Role::Attendee => plain(["attends a meeting of", "attend a meeting of"], "attended a meeting of"),
        Role::Chair => plain(["chairs", "chair"], "chaired"),
        Role::Commendation => plain(["commends", "commend"], "commended"),
        Role::Eligible => verb(
            ["is eligible for", "are eligible for"],
            ["was eligible for", "were eligible for"],
            ["be eligible for"; 2],
        ),
        Role::FollowUp => verb(["follows", "follow"], ["follows", "follow"], ["follow"; 2]),
        Role::Funder => plain(["funds", "fund"], "funded"),
        Role::Host => plain(["hosts", "host"], "hosted"),
        Role::Invited => verb(
            ["is invited to join", "are invited to join"],
            ["was invited to join", "were invited to join"],
            ["be invited to join"; 2],
        ),
        Role::Joint => plain(["co-launches", "co-launch"], "co-launched"),
        Role::Member => plain(["takes part in", "take part in"], "took part in"),
        Role::Observer => verb(
            ["is an observer of", "are observers of"],
            ["was an observer of", "were observers of"],
            ["be an observer of", "be observers of"],
        ),
        Role::Partner => verb(
            ["is a partner in", "are partners in"],
            ["was a partner in", "were partners in"],
            ["be a partner in", "be partners in"],
        ),
        Role::Reaffirmation => plain(["reaffirms", "reaffirm"], "reaffirmed"),
        Role::Recipient => plain(["receives support under", "receive support under"], "received support under"),
        Role::Replacement => plain(["replaces", "replace"], "replaced"),
        Role::Secretariat => {
            plain(["houses the secretariat of", "house the secretariat of"], "housed the secretariat of")
        }
    }
}

/// The French verb, and the preposition that follows it. Written so that no participle must agree in gender.
pub(super) fn french(role: Role) -> (Verb, Preposition) {
    use Preposition::{A, De, None};
    let verb = |present, past, infinitive| Verb { present, past, infinitive };
    match role {
        Role::Associate => (
            verb(
                ["a le statut d'associé auprès", "ont le statut d'associé auprès"],
                ["a eu le statut d'associé auprès", "ont eu le statut d'associé auprès"],
                ["avoir le statut d'associé auprès"; 2],
            ),
            De,
        ),
        Role::Attendee => (
            verb(
                ["assiste à une rencontre", "assistent à une rencontre"],
                ["a assisté à une rencontre", "ont assisté à une rencontre"],
                ["assister à une rencontre"; 2],
            ),
            De,
        ),
        Role::Chair => (verb(["préside", "président"], ["a présidé", "ont présidé"], ["présider"; 2]), None),
        Role::Commendation => (verb(["salue", "saluent"], ["a salué", "ont salué"], ["saluer"; 2]), None),
        Role::Eligible => (
            verb(
                ["est admissible", "sont admissibles"],
                ["a été admissible", "ont été admissibles"],
                ["être admissible", "être admissibles"],
            ),
            A,
        ),
        Role::FollowUp => {
            let present = ["fait suite", "font suite"];
            (verb(present, present, ["faire suite"; 2]), A)
        }
        Role::Funder => (verb(["finance", "financent"], ["a financé", "ont financé"], ["financer"; 2]), None),
        Role::Host => (verb(["accueille", "accueillent"], ["a accueilli", "ont accueilli"], ["accueillir"; 2]), None),
        Role::Invited => (
            verb(
                ["reçoit l'invitation de se joindre", "reçoivent l'invitation de se joindre"],
                ["a reçu l'invitation de se joindre", "ont reçu l'invitation de se joindre"],
                ["recevoir l'invitation de se joindre"; 2],
            ),
            A,
        ),
        Role::Joint => (
            verb(
                ["lance avec d'autres", "lancent avec d'autres"],
                ["a lancé avec d'autres", "ont lancé avec d'autres"],
                ["lancer avec d'autres"; 2],
            ),
            None,
        ),
        Role::Member => (verb(["participe", "participent"], ["a participé", "ont participé"], ["participer"; 2]), A),
        Role::Observer => (
            verb(
                ["a le statut d'observateur auprès", "ont le statut d'observateur auprès"],
                ["a eu le statut d'observateur auprès", "ont eu le statut d'observateur auprès"],
                ["avoir le statut d'observateur auprès"; 2],
            ),
            De,
        ),
        Role::Partner => (
            verb(
                ["est partenaire", "sont partenaires"],
                ["a été partenaire", "ont été partenaires"],
                ["être partenaire", "être partenaires"],
            ),
            De,
        ),
        Role::Reaffirmation => {
            (verb(["réaffirme", "réaffirment"], ["a réaffirmé", "ont réaffirmé"], ["réaffirmer"; 2]), None)
        }
        Role::Recipient => (
            verb(
                ["reçoit un appui au titre", "reçoivent un appui au titre"],
                ["a reçu un appui au titre", "ont reçu un appui au titre"],
                ["recevoir un appui au titre"; 2],
            ),
            De,
        ),
        Role::Replacement => (verb(["remplace", "remplacent"], ["a remplacé", "ont remplacé"], ["remplacer"; 2]), None),
        Role::Secretariat => (
            verb(
                ["assure le secrétariat", "assurent le secrétariat"],
                ["a assuré le secrétariat", "ont assuré le secrétariat"],
                ["assurer le secrétariat"; 2],
            ),
            De,
        ),
    }
}

import type { Dictionary } from "./en";

// What the closed lists of the API are called in French.

export const nodeKinds: Dictionary["nodeKinds"] = {
  AGREEMENT: "Accord",
  COUNTRY: "Pays",
  FORUM: "Forum",
  INDIGENOUS_PEOPLE: "Peuple autochtone",
  INITIATIVE: "Initiative",
  JURISDICTION: "Province ou autre territoire",
  ORGANIZATION: "Organisation",
  THEME: "Thème",
};
export const nodeKindsMany: Dictionary["nodeKindsMany"] = {
  AGREEMENT: "Accords",
  COUNTRY: "Pays",
  FORUM: "Forums",
  INDIGENOUS_PEOPLE: "Peuples autochtones",
  INITIATIVE: "Initiatives",
  JURISDICTION: "Provinces et autres territoires",
  ORGANIZATION: "Organisations",
  THEME: "Thèmes",
};
export const jurisdictionTypes: Dictionary["jurisdictionTypes"] = {
  AUTONOMOUS_TERRITORY: "Territoire autonome",
  PROVINCE: "Province",
  TERRITORY: "Territoire",
};
export const jurisdictionsMany: Dictionary["jurisdictionsMany"] = {
  ofCanada: "Provinces et territoires",
  ofOthers: "Territoires d’autres États",
};
export const relationshipKinds: Dictionary["relationshipKinds"] = {
  ADMINISTERS: "Administre",
  BUILDS_ON: "S’appuie sur",
  COVERS: "Porte sur",
  HOSTS: "Accueille ou préside",
  LAUNCHED: "A lancé",
  MEMBER_OF: "Membre de",
  NEGOTIATED_UNDER: "Négocié dans le cadre de",
  PARTICIPATES_IN: "Participe à",
  PART_OF: "Fait partie de",
  PARTY_TO: "Partie à",
  REFERS_TO: "Renvoie à",
  SIGNED: "A signé",
  SUCCEEDS: "Succède à",
  SUPPORTS: "Soutient",
  USES_ALTERNATIVE_TO: "Solution de rechange à",
};
export const relationshipKindsBack: Dictionary["relationshipKindsBack"] = {
  ADMINISTERS: "Administré par",
  BUILDS_ON: "Sert d’appui à",
  COVERS: "Abordé par",
  HOSTS: "Accueilli ou présidé par",
  LAUNCHED: "Lancé par",
  MEMBER_OF: "Membres",
  NEGOTIATED_UNDER: "Négociés dans ce cadre",
  PARTICIPATES_IN: "Participants",
  PART_OF: "Parties constituantes",
  PARTY_TO: "Parties",
  REFERS_TO: "Mentionné par",
  SIGNED: "Signé par",
  SUCCEEDS: "Remplacé par",
  SUPPORTS: "Soutenu par",
  USES_ALTERNATIVE_TO: "A pour solution de rechange",
};
export const eventKinds: Dictionary["eventKinds"] = {
  ANNOUNCED: "Annonce",
  ENDED: "Fin",
  ENDORSED: "Approbation",
  IN_EFFECT: "En cours",
  IN_FORCE: "Entrée en vigueur",
  LAUNCHED: "Lancement",
  LISTED: "Inscription comme actuel",
  PROVISIONALLY_APPLIED: "Application provisoire",
  REAFFIRMED: "Réaffirmation",
  RENEWED: "Renouvellement",
  SIGNED: "Signature",
  SUPERSEDED: "Remplacement",
};
export const statuses: Dictionary["statuses"] = {
  ANNOUNCED: "Annonce",
  ENDED: "Fin",
  ENDORSED: "Approbation",
  IN_EFFECT: "En cours",
  IN_FORCE: "En vigueur",
  PROVISIONALLY_APPLIED: "Application provisoire",
  SIGNED: "Signature",
  SUPERSEDED: "Remplacement",
  UNKNOWN: "Stade inconnu",
};
export const instruments: Dictionary["instruments"] = {
  ACTION_PLAN: "Plan d’action",
  BILATERAL_DIALOGUE: "Dialogue bilatéral",
  JOINT_ACTION_PLAN: "Plan d’action conjoint",
  JOINT_DECLARATION_OF_INTENT: "Déclaration d’intention commune",
  JOINT_STATEMENT: "Déclaration commune",
  JOINT_STATEMENT_OF_INTENT: "Déclaration d’intention conjointe",
  LETTER_OF_INTENT: "Lettre d’intention",
  MEMORANDUM_OF_COOPERATION: "Protocole de coopération",
  MEMORANDUM_OF_UNDERSTANDING: "Protocole d’entente",
  PARTNERSHIP: "Partenariat",
  ROADMAP: "Feuille de route",
  SET_OF_AGREEMENTS: "Ensemble d’accords",
  STRATEGIC_PARTNERSHIP: "Partenariat stratégique",
  TRADE_AGREEMENT: "Accord commercial",
};
export const nameKinds: Dictionary["nameKinds"] = {
  ACRONYM: "sigle",
  DESCRIPTIVE: "descriptif",
  EVERYDAY: "terme courant, pour la recherche",
  FORMER: "ancien",
  OFFICIAL: "officiel",
  SHORT: "court",
  TRANSLATED_BY_US: "notre traduction",
  VARIANT: "variante",
};
export const textKinds: Dictionary["textKinds"] = {
  ACRONYM: "Sigle",
  CODE: "Code",
  EVERYDAY: "Terme courant",
  FORMER: "Ancien nom",
  ID: "Identifiant",
  INITIALS: "Initiales",
  MINERAL: "Minéral",
  NAME: "Nom",
  OCCASION: "Occasion",
  PLACE: "Lieu",
  SHORT: "Nom court",
  SUMMARY: "Résumé",
  VARIANT: "Autre nom",
};
export const matchReasons: Dictionary["matchReasons"] = {
  EXACT: "tel quel",
  INITIALS: "par les initiales",
  PREFIX: "par le début",
  STEM: "avec une autre terminaison",
  SYNONYM: "par un autre nom",
  TYPO: "malgré une faute de frappe",
  WORDS: "par les mots",
};
export const topics: Dictionary["topics"] = {
  DISPUTES: "Les faits sur lesquels les sources divergent",
  FOUNDATIONS: "Ce qui s’appuie sur le partenariat Canada-UE",
  HISTORY: "Ce qui s’est passé, année par année",
  NEWEST: "Les accords, par date",
  PARTNERS: "Les partenaires, et l’objet de leurs accords avec le Canada",
  PATHS: "Ce qui relie deux fiches",
  THEMES: "Quels partenaires couvrent quels thèmes",
  WITHOUT_AGREEMENT: "Les membres du G20 sans accord",
};
export const factStatuses: Dictionary["factStatuses"] = { DERIVED: "déduit par nous", DISPUTED: "sources divergentes", STATED: "affirmé" };
export const modes: Dictionary["modes"] = {
  SHORTEST: "Un des plus courts chemins",
  ALL_SHORTEST: "Tous les plus courts chemins",
  SIMPLE: "Tous les chemins, du plus court au plus long",
};
export const stops: Dictionary["stops"] = {
  NONE: "",
  PAGE: "Il y a plus de résultats que ce qui est affiché.",
  MAX_DEPTH: "Il peut y en avoir d’autres, plus loin que la limite de cette recherche.",
  WORK_BUDGET: "La recherche, devenue trop vaste, a été interrompue; ce qui est affiché est exact, mais il peut en manquer.",
};

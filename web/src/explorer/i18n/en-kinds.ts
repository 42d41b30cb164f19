import type {
  AgreementStatus,
  EventKind,
  FactStatus,
  Instrument,
  JurisdictionType,
  MatchReason,
  NameKind,
  NodeKind,
  PathMode,
  QuestionTopic,
  RelationshipKind,
  StopReason,
  TextKind,
} from "../generated";

// What the closed lists of the API are called in English.

export const nodeKinds: Record<NodeKind, string> = {
  AGREEMENT: "Agreement",
  COUNTRY: "Country",
  FORUM: "Forum",
  INDIGENOUS_PEOPLE: "Indigenous people",
  INITIATIVE: "Initiative",
  JURISDICTION: "Province or other territory",
  ORGANIZATION: "Organization",
  THEME: "Theme",
};
export const nodeKindsMany: Record<NodeKind, string> = {
  AGREEMENT: "Agreements",
  COUNTRY: "Countries",
  FORUM: "Forums",
  INDIGENOUS_PEOPLE: "Indigenous peoples",
  INITIATIVE: "Initiatives",
  JURISDICTION: "Provinces and other territories",
  ORGANIZATION: "Organizations",
  THEME: "Themes",
};
/** Parts of a state, by what they are and by where they belong. */
export const jurisdictionTypes: Record<JurisdictionType, string> = {
  AUTONOMOUS_TERRITORY: "Autonomous territory",
  PROVINCE: "Province",
  TERRITORY: "Territory",
};
export const jurisdictionsMany = { ofCanada: "Provinces and territories", ofOthers: "Territories of other states" };
export const relationshipKinds: Record<RelationshipKind, string> = {
  ADMINISTERS: "Administers",
  BUILDS_ON: "Builds on",
  COVERS: "Covers",
  HOSTS: "Hosts or chairs",
  LAUNCHED: "Launched",
  MEMBER_OF: "Member of",
  NEGOTIATED_UNDER: "Negotiated under",
  PARTICIPATES_IN: "Takes part in",
  PART_OF: "Part of",
  PARTY_TO: "Party to",
  REFERS_TO: "Refers to",
  SIGNED: "Signed",
  SUCCEEDS: "Succeeds",
  SUPPORTS: "Supports",
  USES_ALTERNATIVE_TO: "Alternative to",
};
/** The same, read from the other end. */
export const relationshipKindsBack: Record<RelationshipKind, string> = {
  ADMINISTERS: "Administered by",
  BUILDS_ON: "Built on by",
  COVERS: "Covered by",
  HOSTS: "Hosted or chaired by",
  LAUNCHED: "Launched by",
  MEMBER_OF: "Members",
  NEGOTIATED_UNDER: "Negotiated under this",
  PARTICIPATES_IN: "Participants",
  PART_OF: "Parts",
  PARTY_TO: "Parties",
  REFERS_TO: "Referred to by",
  SIGNED: "Signed by",
  SUCCEEDS: "Succeeded by",
  SUPPORTS: "Supported by",
  USES_ALTERNATIVE_TO: "Has as alternative",
};
export const eventKinds: Record<EventKind, string> = {
  ANNOUNCED: "Announced",
  ENDED: "Ended",
  ENDORSED: "Endorsed",
  IN_EFFECT: "In effect",
  IN_FORCE: "Entered into force",
  LAUNCHED: "Launched",
  PROVISIONALLY_APPLIED: "Provisionally applied",
  LISTED: "Listed as current",
  REAFFIRMED: "Reaffirmed",
  RENEWED: "Renewed",
  SIGNED: "Signed",
  SUPERSEDED: "Superseded",
};
export const statuses: Record<AgreementStatus, string> = {
  ANNOUNCED: "Announced",
  ENDED: "Ended",
  ENDORSED: "Endorsed",
  IN_EFFECT: "In effect",
  IN_FORCE: "In force",
  PROVISIONALLY_APPLIED: "Provisionally applied",
  SIGNED: "Signed",
  SUPERSEDED: "Superseded",
  UNKNOWN: "Stage unknown",
};
export const instruments: Record<Instrument, string> = {
  ACTION_PLAN: "Action plan",
  BILATERAL_DIALOGUE: "Bilateral dialogue",
  JOINT_ACTION_PLAN: "Joint action plan",
  JOINT_DECLARATION_OF_INTENT: "Joint declaration of intent",
  JOINT_STATEMENT: "Joint statement",
  JOINT_STATEMENT_OF_INTENT: "Joint statement of intent",
  LETTER_OF_INTENT: "Letter of intent",
  MEMORANDUM_OF_COOPERATION: "Memorandum of cooperation",
  MEMORANDUM_OF_UNDERSTANDING: "Memorandum of understanding",
  PARTNERSHIP: "Partnership",
  ROADMAP: "Roadmap",
  SET_OF_AGREEMENTS: "Set of agreements",
  STRATEGIC_PARTNERSHIP: "Strategic partnership",
  TRADE_AGREEMENT: "Trade agreement",
};
export const nameKinds: Record<NameKind, string> = {
  ACRONYM: "acronym",
  DESCRIPTIVE: "descriptive",
  EVERYDAY: "everyday term, for searching",
  FORMER: "former",
  OFFICIAL: "official",
  SHORT: "short",
  TRANSLATED_BY_US: "our translation",
  VARIANT: "variant",
};
export const textKinds: Record<TextKind, string> = {
  ACRONYM: "Acronym",
  CODE: "Code",
  EVERYDAY: "Everyday term",
  FORMER: "Former name",
  ID: "Id",
  INITIALS: "Initials",
  MINERAL: "Mineral",
  NAME: "Name",
  OCCASION: "Occasion",
  PLACE: "Place",
  SHORT: "Short name",
  SUMMARY: "Summary",
  VARIANT: "Other name",
};
export const matchReasons: Record<MatchReason, string> = {
  EXACT: "exactly",
  INITIALS: "by its initials",
  PREFIX: "by its beginning",
  STEM: "with another ending",
  SYNONYM: "by another name",
  TYPO: "despite a typing error",
  WORDS: "by its words",
};
/** What answers a question typed in words. */
export const topics: Record<QuestionTopic, string> = {
  DISPUTES: "Facts on which sources differ",
  FOUNDATIONS: "What builds on the Canada–EU partnership",
  HISTORY: "What happened, year by year",
  NEWEST: "Agreements, by date",
  PARTNERS: "Partners, and what their agreements with Canada are about",
  PATHS: "What links two entries",
  THEMES: "Which partners cover which themes",
  WITHOUT_AGREEMENT: "Members of the G20 without an agreement",
};
export const factStatuses: Record<FactStatus, string> = { DERIVED: "derived by us", DISPUTED: "sources differ", STATED: "stated" };
export const modes: Record<PathMode, string> = {
  SHORTEST: "One shortest path",
  ALL_SHORTEST: "All shortest paths",
  SIMPLE: "All paths, the shortest first",
};
export const stops: Record<StopReason, string> = {
  NONE: "",
  PAGE: "More was found than is shown.",
  MAX_DEPTH: "More may lie further away than this search goes.",
  WORK_BUDGET: "The search was stopped because it became too large; what is shown is right, and more may exist.",
};

import type { Lang } from "../place";
import { type Dictionary, en } from "./en";
import { fr } from "./fr";

export const dictionaries: Record<Lang, Dictionary> = { en, fr };

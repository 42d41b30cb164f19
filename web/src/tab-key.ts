// Monaco keeps the Tab key for itself, which traps whoever has no mouse (WCAG 2.1.2). Here it moves
// the focus until asked otherwise.

import { isMacOs } from "@graphiql/react";
import { TabFocus } from "monaco-editor/esm/vs/editor/browser/config/tabFocus.js";
import { useSyncExternalStore } from "react";

TabFocus.setTabFocusMode(true);

export const TAB_KEY_SHORTCUT = isMacOs ? "Ctrl+Shift+M" : "Ctrl+M";

export function useTabMovesFocus(): [boolean, () => void] {
  const moves = useSyncExternalStore(subscribe, () => TabFocus.getTabFocusMode());
  return [moves, () => TabFocus.setTabFocusMode(!moves)];
}

function subscribe(listener: () => void): () => void {
  const subscription = TabFocus.onDidChangeTabFocus(listener);
  return () => subscription.dispose();
}

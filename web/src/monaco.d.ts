declare module "monaco-editor/esm/vs/editor/browser/config/tabFocus.js" {
  /** Monaco's own switch, one for all editors of a page; Ctrl+M turns it too. */
  export const TabFocus: {
    getTabFocusMode(): boolean;
    setTabFocusMode(movesFocus: boolean): void;
    onDidChangeTabFocus(listener: (movesFocus: boolean) => void): { dispose(): void };
  };
}

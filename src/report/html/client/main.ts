import { filled } from "../client-text.ts";
import { startCopyButtons } from "./copy.ts";
import { startExplorer } from "./explorer.ts";
import { startFitButtons } from "./fit.ts";
import { pageData } from "./load.ts";
import { openForPrint } from "./print.ts";
import { restoreTheme, startThemeButton } from "./theme.ts";

document.documentElement.classList.add("js");
restoreTheme();
document.addEventListener("DOMContentLoaded", () => {
  const { words } = pageData();
  const theme = document.getElementById("theme");
  if (theme !== null) startThemeButton(theme, words.themes);
  startCopyButtons(words);
  startFitButtons();
  openForPrint();
  const place = document.getElementById("explorer");
  if (place !== null) {
    startExplorer(place).catch((cause: unknown) => {
      place.textContent = filled(words.failed, { why: cause instanceof Error ? cause.message : String(cause) });
    });
  }
});

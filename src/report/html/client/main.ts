import { startCopyButtons } from "./copy.ts";
import { startExplorer } from "./explorer.ts";
import { startFitButtons } from "./fit.ts";
import { openForPrint } from "./print.ts";
import { restoreTheme, startThemeButton } from "./theme.ts";

document.documentElement.classList.add("js");
restoreTheme();
document.addEventListener("DOMContentLoaded", () => {
  const theme = document.getElementById("theme");
  if (theme !== null) startThemeButton(theme);
  startCopyButtons();
  startFitButtons();
  openForPrint();
  const place = document.getElementById("explorer");
  if (place !== null) {
    startExplorer(place).catch((cause: unknown) => {
      place.textContent = `This browser cannot show all findings (${cause instanceof Error ? cause.message : String(cause)}); the worst stand below.`;
    });
  }
});

import type { ClientWords } from "../../words/page-words.ts";

const key = "umpreflight-theme";
type Theme = "light" | "dark";

/** The theme of the page as it was chosen before; the system's where nothing was. Called before anything is drawn. */
export function restoreTheme(): void {
  const chosen = stored();
  if (chosen !== undefined) document.documentElement.dataset["theme"] = chosen;
}

/** Makes the button switch between dark and light. */
export function startThemeButton(button: HTMLElement, themes: ClientWords["themes"]): void {
  const current = (): Theme => (document.documentElement.dataset["theme"] as Theme | undefined) ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const other = (): Theme => (current() === "dark" ? "light" : "dark");
  const label = (): void => {
    button.textContent = themes[other()].label;
    button.setAttribute("aria-label", themes[other()].switchTo);
  };
  button.addEventListener("click", () => {
    document.documentElement.dataset["theme"] = other();
    store(current());
    label();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", label);
  label();
}

/** Browsers may refuse storage to files. */
function stored(): Theme | undefined {
  try {
    const value = localStorage.getItem(key);
    return value === "light" || value === "dark" ? value : undefined;
  } catch {
    return undefined;
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // The choice then lasts as long as the page.
  }
}

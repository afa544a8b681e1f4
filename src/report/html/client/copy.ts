import type { ClientWords } from "../../words/page-words.ts";

const shownMs = 2000;

/** Makes the copy buttons work: each copies the commands beside it, a line each. */
export function startCopyButtons(words: ClientWords): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("button.copy") : null;
    const box = button?.closest<HTMLElement>(".commands");
    if (button === null || box === null || box === undefined) return;
    const text = [...box.querySelectorAll("code")].map((code) => code.textContent ?? "").join("\n");
    void copied(text, box).then((done) => say(button, done ? words.copied : words.pressKey));
  });
}

/** Old browsers and pages without a secure context have no clipboard: there the text is selected, so that a key copies it. */
async function copied(text: string, box: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection()?.selectAllChildren(box.querySelector("pre") ?? box);
    return false;
  }
}

function say(button: HTMLElement, text: string): void {
  const before = button.dataset["label"] ?? button.textContent ?? "";
  button.dataset["label"] = before;
  button.textContent = text;
  button.setAttribute("aria-live", "polite");
  setTimeout(() => {
    button.textContent = before;
  }, shownMs);
}

/** Makes the buttons work that fit a drawing to the width of the page, or show it in its own size again. */
export function startFitButtons(): void {
  for (const button of document.querySelectorAll("button.fit")) {
    button.addEventListener("click", () => {
      const fitted = document.getElementById(button.getAttribute("aria-controls") ?? "")?.classList.toggle("fitted") ?? false;
      button.setAttribute("aria-pressed", String(fitted));
    });
  }
}

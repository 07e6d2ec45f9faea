// What the script says: in a line that screen readers read out, and in dialogs.

/** An element with words. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  words = '',
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = words;
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  return made;
}

/** Says something in passing. */
export function say(words: string): void {
  let line = document.getElementById('said-now');
  if (!line) {
    line = element('p', '', { id: 'said-now', role: 'status', class: 'said-now' });
    document.body.append(line);
  }
  line.textContent = words;
}

/** Opens a dialog; closing it gives the focus back to where it was. */
export function dialog(title: string, ...content: Node[]): HTMLDialogElement {
  const before = document.activeElement;
  const made = element('dialog', '', { 'aria-labelledby': 'dialog-title' });
  made.append(element('h2', title, { id: 'dialog-title' }), ...content);
  made.addEventListener('close', () => {
    made.remove();
    if (before instanceof HTMLElement && before.isConnected) {
      before.focus({ preventScroll: true });
    }
  });
  document.body.append(made);
  made.showModal();
  return made;
}

/** A button that does something. */
export function button(words: string, press: () => void): HTMLButtonElement {
  const made = element('button', words, { type: 'button' });
  made.addEventListener('click', press);
  return made;
}

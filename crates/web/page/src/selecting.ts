// Words selected in the text fill the form by which an assertion is added.

import { choose } from './adding';
import { button, say } from './saying';

/** What stands in a zone and is no letter of the text. */
const NO_TEXT = '.role, .reference, .page-sign';

interface Stretch {
  words: string;
  at: string;
  from: number;
  to: number;
}

/** How many letters of the text stand in a zone before a place: whole ones, as the server counts them. */
function letters(zone: Element, node: Node, offset: number): number {
  const before = document.createRange();
  before.setStart(zone, 0);
  before.setEnd(node, offset);
  const copy = before.cloneContents();
  copy.querySelectorAll(NO_TEXT).forEach((sign) => sign.remove());
  return [...(copy.textContent ?? '')].length;
}

/** The zone of the text around a node. */
function zoneOf(node: Node): HTMLElement | null {
  const around = node instanceof Element ? node : node.parentElement;
  return around?.closest<HTMLElement>('.zone[data-at]') ?? null;
}

/** What is selected in the text; of several paragraphs the first. */
function selected(): Stretch | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) {
    return undefined;
  }
  const range = selection.getRangeAt(0);
  const zone = zoneOf(range.startContainer);
  if (!zone?.dataset.at) {
    return undefined;
  }
  const inside = zoneOf(range.endContainer) === zone;
  const from = letters(zone, range.startContainer, range.startOffset);
  const to = inside
    ? letters(zone, range.endContainer, range.endOffset)
    : letters(zone, zone, zone.childNodes.length);
  const own = document.createRange();
  own.setStart(range.startContainer, range.startOffset);
  if (inside) {
    own.setEnd(range.endContainer, range.endOffset);
  } else {
    own.setEnd(zone, zone.childNodes.length);
  }
  const copy = own.cloneContents();
  copy.querySelectorAll(NO_TEXT).forEach((sign) => sign.remove());
  const words = (copy.textContent ?? '').trim();
  return words ? { words, at: zone.dataset.at, from, to } : undefined;
}

/** Opens the form with the words that are selected. */
export function addSelected(): void {
  const form = document.querySelector<HTMLDetailsElement>('details#add');
  const stretch = selected();
  if (!form || !stretch) {
    say('Select words of the text first.');
    return;
  }
  const set = (name: string, value: string): void => {
    const field = form.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${name}"]`);
    if (field) {
      field.value = value;
    }
  };
  set('words', stretch.words);
  set('at', stretch.at);
  set('from', String(stretch.from));
  set('to', String(stretch.to));
  form.open = true;
  getSelection()?.removeAllRanges();
  choose();
  form.querySelector<HTMLElement>('#add-subject')?.focus();
}

/** Offers the form beside what is selected, and forgets the place when its words are typed over. */
export function select(): void {
  const offer = button('Add what this says', addSelected);
  offer.className = 'offer';
  offer.hidden = true;
  document.body.append(offer);
  // Pressed, it must not take away the selection.
  offer.addEventListener('mousedown', (event) => event.preventDefault());
  document.addEventListener('selectionchange', () => {
    const own = document.querySelector('details#add') ? selected() : undefined;
    offer.hidden = !own;
    if (own) {
      const box = getSelection()?.getRangeAt(0).getBoundingClientRect();
      // Through the object model, which a policy without inline styles allows.
      offer.style.top = `${scrollY + (box?.bottom ?? 0) + 6}px`;
      offer.style.left = `${scrollX + Math.max(8, Math.min(box?.left ?? 0, innerWidth - 200))}px`;
    }
  });
  document.addEventListener('input', (event) => {
    if (event.target instanceof HTMLElement && event.target.id === 'add-words') {
      for (const name of ['at', 'from', 'to']) {
        const field = document.querySelector<HTMLInputElement>(`#add input[name="${name}"]`);
        if (field) {
          field.value = '';
        }
      }
    }
  });
}

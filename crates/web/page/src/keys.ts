// Keys: letters press the buttons of what has the focus. They can be put off, for those who speak to
// their computer or whose keys are others'.

import { back, item, step } from './items';
import { dialog, element, say } from './saying';
import { addSelected } from './selecting';
import { undo } from './sending';

/** Where it is kept that letters do nothing. */
const OFF = 'throughline-keys-off';

const isOff = (): boolean => localStorage.getItem(OFF) === 'yes';

/** What keys do, in the order of the sheet. Those without a deed press a button of the same key. */
const KEYS: { key: string; does: string; deed?: () => void }[] = [
  { key: 'n', does: 'the next that is to be decided', deed: () => next(1) },
  { key: 'p', does: 'the one before that is to be decided', deed: () => next(-1) },
  { key: 'j', does: 'the next, decided or not', deed: () => void step(1, false) },
  { key: 'k', does: 'the one before, decided or not', deed: () => void step(-1, false) },
  { key: 'a', does: 'accept' },
  { key: 'r', does: 'reject' },
  { key: 'c', does: 'correct' },
  { key: 'f', does: 'find the value' },
  { key: 's', does: 'the same, of two records' },
  { key: 'd', does: 'not the same: two; unrelated, of two incidents' },
  { key: 'e', does: 'unsure' },
  { key: 'b', does: 'code the value, beside other coders' },
  { key: 't', does: 'a day: that it was taken back, or a document published' },
  { key: 'g', does: 'grade: how credible it is, or a source reliable' },
  { key: 'o', does: 'open it where it stands' },
  { key: 'w', does: 'add what the selected words say', deed: addSelected },
  { key: 'u', does: 'take back your last judgment', deed: undo },
  { key: 'x', does: 'the next document with something to decide', deed: onward },
  { key: 'q', does: 'the queue of what changes most', deed: () => location.assign('/queue') },
  { key: 'Escape', does: 'leave a field' },
  { key: '?', does: 'this sheet', deed: sheet },
];

/** The link to the next document, where the page has one. */
const onwardLink = (): HTMLAnchorElement | null => document.querySelector('main a[data-next]');

function onward(): void {
  const link = onwardLink();
  if (link) {
    link.click();
  } else {
    say('From here no document is next; open one first.');
  }
}

function next(by: 1 | -1): void {
  if (!step(by, true)) {
    say(`Nothing on this page is left to decide.${onwardLink() ? ' The key x leads to the next document.' : ''}`);
  }
}

/** The sheet of keys, and whether they do anything. */
function sheet(): void {
  const table = element('table', '', { class: 'keys' });
  table.append(element('caption', 'Keys', { class: 'unseen' }));
  for (const { key, does } of KEYS) {
    const row = element('tr');
    const head = element('th', '', { scope: 'row' });
    head.append(element('kbd', key));
    row.append(head, element('td', does));
    table.append(row);
  }
  const field = element('input', '', { id: 'keys-on', type: 'checkbox' });
  field.checked = !isOff();
  field.addEventListener('change', () => {
    localStorage.setItem(OFF, field.checked ? 'no' : 'yes');
  });
  const line = element('p');
  line.append(field, ' ', element('label', 'Letters work as keys', { for: 'keys-on' }));
  const form = element('form', '', { method: 'dialog' });
  form.append(line, element('button', 'Close', { type: 'submit' }));
  dialog('Keys', table, form);
}

/** Presses the button that has a key, on what has the focus. */
function press(key: string): boolean {
  const found = item()?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  if (!found) {
    return false;
  }
  found.click();
  if (found.matches('summary')) {
    // Opened by its key, it is typed into at once.
    const details = found.closest('details');
    if (details?.open) {
      const field = details.querySelector<HTMLInputElement | HTMLSelectElement>('input:not([type="hidden"]), select');
      field?.focus();
      if (field instanceof HTMLInputElement) {
        field.select();
      }
    }
  }
  return true;
}

/** Whether what has the focus takes letters itself. */
function types(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input:not([type="checkbox"]), textarea, select');
}

/** Listens to keys from here on, and says that there are some. */
export function listen(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) {
      return;
    }
    if (event.key === 'Escape' && item()) {
      back();
      return;
    }
    // The sheet opens in any case: there letters are put on again.
    if (types(event.target) || (isOff() && event.key !== '?')) {
      return;
    }
    const known = KEYS.find(({ key }) => key === event.key);
    if (!known) {
      return;
    }
    if (known.deed) {
      event.preventDefault();
      known.deed();
    } else if (press(known.key)) {
      event.preventDefault();
    }
  });
  const who = document.querySelector('form.who');
  if (who) {
    const open = element('button', 'Keys (?)', { type: 'button', class: 'sheet' });
    open.addEventListener('click', sheet);
    who.append(open);
  }
}

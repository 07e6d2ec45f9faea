// The page as the server makes it now, put in place of what is shown, with what one was at: the focus,
// what is typed and not yet sent, what is opened, and where the window stands.

import { item, restore } from './items';

/** How often it is asked whether somebody judged, in milliseconds: others' judgments show within a second. */
const EVERY_MS = 500;

interface Head {
  head: string;
}

/** Where the ledger ended when the page was made. */
function shownHead(): string | undefined {
  return document.body.dataset.head;
}

/** What can be typed or chosen, by its id. */
function fields(): Map<string, string> {
  const found = new Map<string, string>();
  const all = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'main input[id]:not([type="file"]), main textarea[id]',
  );
  for (const field of all) {
    // What is hidden has its value for a default: the place of selected words.
    if (field.type === 'hidden' ? field.value !== '' : field.value !== field.defaultValue) {
      found.set(field.id, field.value);
    }
  }
  for (const field of document.querySelectorAll<HTMLSelectElement>('main select[id]')) {
    found.set(field.id, field.value);
  }
  return found;
}

/** The names of what is opened: the nearest id around it, and which one it is there. */
function opened(root: ParentNode): Map<string, HTMLDetailsElement> {
  const found = new Map<string, HTMLDetailsElement>();
  for (const details of root.querySelectorAll('details')) {
    const around = details.closest('[id]')?.id ?? '';
    const words = details.querySelector('summary')?.textContent ?? '';
    found.set(`${around} ${words}`, details);
  }
  return found;
}

/** Empties a form that was sent, and closes what held it. */
export function done(form: HTMLFormElement): void {
  form.reset();
  for (const hidden of form.querySelectorAll<HTMLInputElement>('input[type="hidden"][id]')) {
    hidden.value = '';
  }
  form.closest('details')?.removeAttribute('open');
}

/** Puts the page as it is now in place; what is typed stays. */
export async function refresh(): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok) {
    return;
  }
  const again = Number(answer.headers.get('refresh'));
  if (again > 0) {
    // Something on it is still being worked out.
    setTimeout(() => void refresh(), again * 1000);
  }
  const made = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [old, fresh] = [document.querySelector('main'), made.querySelector('main')];
  if (!old || !fresh) {
    return;
  }
  const typed = fields();
  const open = [...opened(old)].filter(([, details]) => details.open).map(([name]) => name);
  const focused = document.activeElement?.id ?? '';
  const at = item();
  const top = at?.getBoundingClientRect().top;

  // Files that were chosen are not to be set by a script: their fields stay as they are.
  const chosen = [...old.querySelectorAll<HTMLInputElement>('input[type="file"][id]')];
  old.replaceChildren(...document.importNode(fresh, true).childNodes);
  const foot = made.querySelector('body > footer');
  if (foot) {
    document.querySelector('body > footer')?.replaceWith(document.importNode(foot, true));
  }
  if (made.body.dataset.head) {
    document.body.dataset.head = made.body.dataset.head;
  }
  for (const field of chosen) {
    document.getElementById(field.id)?.replaceWith(field);
  }
  const now = opened(old);
  open.forEach((name) => now.get(name)?.setAttribute('open', ''));
  for (const [id, value] of typed) {
    const field = document.getElementById(id);
    if (
      field instanceof HTMLInputElement ||
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement
    ) {
      field.value = value;
    }
  }
  restore(at?.id);
  const place = at ? document.getElementById(at.id) : null;
  if (place && top !== undefined) {
    window.scrollBy(0, place.getBoundingClientRect().top - top);
  }
  if (focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
  document.dispatchEvent(new CustomEvent('fresh'));
}

/** Asks again and again whether somebody judged, and shows it. */
export function watch(): void {
  let asking = false;
  const look = async (): Promise<void> => {
    if (asking || document.hidden || shownHead() === undefined || document.querySelector('dialog[open]')) {
      return;
    }
    asking = true;
    try {
      const answer = await fetch('/head', { headers: { accept: 'application/json' } });
      const [now] = answer.ok ? ((await answer.json()) as Head[]) : [];
      // A judgment sent meanwhile brings its own page.
      if (now && now.head !== shownHead() && !document.body.dataset.sending) {
        await refresh();
      }
    } catch {
      // The server has ended; the page stays as it is, and says so when something is sent.
    } finally {
      asking = false;
    }
  };
  setInterval(() => void look(), EVERY_MS);
}

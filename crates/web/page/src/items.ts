// What is decided on, one thing after the other: a reading, a value, a pair of records. Each stands on
// the page with its state and its buttons.

/** All of them, in the order of the page. */
function all(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main [data-state][id]')];
}

let current: string | undefined;

/** The one that keys speak to: the one with the focus, or the last that had it. */
export function item(): HTMLElement | undefined {
  const around = document.activeElement?.closest<HTMLElement>('[data-state][id]');
  const own = around ?? (current ? document.getElementById(current) : null);
  return own ?? undefined;
}

/** Marks where its words stand in the text, and brings them into sight. */
function show(one: HTMLElement): void {
  document.querySelectorAll('mark.here').forEach((mark) => mark.classList.remove('here'));
  const number = /^beside-(\d+)$/.exec(one.closest('li[id^="beside-"]')?.id ?? '')?.[1];
  const begins = number ? document.getElementById(`passage-${number}`) : null;
  if (!begins) {
    return;
  }
  const end = `#beside-${number}`;
  for (let at = begins.nextElementSibling; at; at = at.nextElementSibling) {
    if (at.matches('mark')) {
      at.classList.add('here');
    } else if (at.getAttribute('href') === end) {
      break;
    }
  }
  const box = begins.getBoundingClientRect();
  if (box.top < 0 || box.bottom > innerHeight * 0.8) {
    begins.scrollIntoView({ block: 'center' });
  }
}

/** Goes to one of them. */
function go(one: HTMLElement): void {
  current = one.id;
  one.tabIndex = -1;
  show(one);
  one.focus({ preventScroll: true });
  one.scrollIntoView({ block: 'nearest' });
}

/** Which of them is spoken to again, after the page was put in place anew. */
export function restore(id: string | undefined): void {
  const one = id ? document.getElementById(id) : null;
  if (one) {
    show(one);
  }
}

/** Goes to the next or the one before, among all or among those that are to be decided; around the end. */
export function step(by: 1 | -1, open: boolean): boolean {
  const items = all();
  const at = items.findIndex((one) => one.id === item()?.id);
  const start = at < 0 && by < 0 ? items.length : at;
  for (let far = 1; far <= items.length; far += 1) {
    const one = items[(start + by * far + items.length * 2) % items.length];
    if (one && (!open || one.dataset.state === 'open')) {
      go(one);
      return true;
    }
  }
  return false;
}

/** Those that are to be decided, in the order of the page, by their ids. */
export function open(): string[] {
  return all().filter((one) => one.dataset.state === 'open').map((one) => one.id);
}

/** Those that are to be decided after the one that is spoken to, around the end. */
export function following(): string[] {
  const items = all();
  const at = items.findIndex((one) => one.id === item()?.id);
  const order = [...items.slice(at + 1), ...items.slice(0, Math.max(at, 0))];
  return order.filter((one) => one.dataset.state === 'open').map((one) => one.id);
}

/**
 * Goes on from one that was decided, to the first of those that followed it and are still open, wherever it
 * stands itself now; or stays where there is none.
 */
export function goOn(from: string | undefined, followed: string[]): boolean {
  const still = new Set(open());
  const next = followed.find((id) => still.has(id));
  const one = next ? document.getElementById(next) : null;
  if (one) {
    go(one);
    return true;
  }
  current = from;
  return step(1, true);
}

/** Goes to the first that is open and was not before. */
export function goBack(before: string[]): void {
  const reopened = open().find((id) => !before.includes(id));
  const one = reopened ? document.getElementById(reopened) : null;
  if (one) {
    go(one);
  }
}

/** Goes back to the one that was spoken to, out of its fields. */
export function back(): void {
  const one = item();
  if (one) {
    go(one);
  }
}

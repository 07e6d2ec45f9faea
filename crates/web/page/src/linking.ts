// What is picked in one picture of a page is marked in all of them, and in their tables: a map, the
// same on a line of days, and the same as a network. What is picked stands in the address, behind the
// number sign, and goes along to the other pictures.

import { element, say } from './saying';

/** What can be picked has an id; a symbol may stand for several, a row be of two. */
interface Thing {
  name: string;
  place: string | undefined;
}

const KEY = 'picked=';

/** The ids that an element of a picture or a table is of. */
function ids(of: Element): string[] {
  return (of.getAttribute('data-of') ?? '').split(' ').filter((id) => id !== '');
}

function marked(): NodeListOf<Element> {
  return document.querySelectorAll('main [data-of]');
}

/** What is picked, as the address says. */
function picked(): Set<string> {
  const hash = decodeURIComponent(location.hash.slice(1));
  return new Set(hash.startsWith(KEY) ? hash.slice(KEY.length).split(',').filter((id) => id !== '') : []);
}

/** The things that the tables list, by their ids. */
function things(): Map<string, Thing> {
  const found = new Map<string, Thing>();
  for (const row of document.querySelectorAll<HTMLTableRowElement>('main tr[data-of]')) {
    const name = row.querySelector('td[data-title="Name"], td[data-title="What"]')?.textContent ?? '';
    const [id] = ids(row);
    if (id && !found.has(id)) {
      found.set(id, { name, place: row.querySelector('a')?.getAttribute('href') ?? undefined });
    }
  }
  return found;
}

/** Lets the links to the other pictures say what is picked. */
function carry(chosen: Set<string>): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('nav[aria-label="Drawings"] a')) {
    link.hash = chosen.size > 0 ? KEY + [...chosen].join(',') : '';
  }
}

/** Marks what is picked, wherever it stands. */
function mark(): void {
  const chosen = picked();
  for (const one of marked()) {
    const own = ids(one).some((id) => chosen.has(id));
    one.classList.toggle('picked', own);
    one.classList.toggle('unpicked', chosen.size > 0 && !own);
  }
  const list = document.querySelector<HTMLSelectElement>('#picking');
  if (list) {
    const [only] = chosen;
    list.value = chosen.size === 1 && only ? only : '';
  }
  carry(chosen);
  told(chosen);
}

/** Says what is picked, with links to its records. */
function told(chosen: Set<string>): void {
  const line = document.getElementById('picked-now');
  if (!line) {
    return;
  }
  line.replaceChildren();
  if (chosen.size === 0) {
    return;
  }
  const known = things();
  line.append(`${chosen.size} picked: `);
  [...chosen].slice(0, 12).forEach((id, at) => {
    const thing = known.get(id);
    line.append(at > 0 ? ', ' : '');
    line.append(thing?.place ? element('a', thing.name || id, { href: thing.place }) : (thing?.name ?? id));
  });
  line.append(chosen.size > 12 ? ` and ${chosen.size - 12} more. ` : '. ');
  const none = element('button', 'Pick nothing', { type: 'button' });
  none.addEventListener('click', () => pick([]));
  line.append(none);
}

/** Picks these and nothing else. */
function pick(chosen: string[]): void {
  const address = location.pathname + location.search;
  history.replaceState(null, '', chosen.length > 0 ? `${address}#${KEY}${chosen.join(',')}` : address);
  mark();
  const [first] = chosen;
  const many = chosen.length > 1 ? ` and ${chosen.length - 1} more` : '';
  say(first ? `Picked: ${things().get(first)?.name ?? first}${many}.` : 'Nothing is picked.');
}

/** A list to pick from by keys, above the first picture; pictures have no places for the focus. */
function offer(): void {
  const figure = document.querySelector('main figure.picture');
  if (!figure || document.getElementById('picking') || marked().length === 0) {
    return;
  }
  const list = element('select', '', { id: 'picking' });
  list.append(element('option', 'nothing', { value: '' }));
  for (const [id, thing] of things()) {
    list.append(element('option', thing.name || id, { value: id }));
  }
  if (list.options.length < 2) {
    return;
  }
  list.addEventListener('change', () => pick(list.value ? [list.value] : []));
  const field = element('p', '', { class: 'picking' });
  field.append(element('label', 'Mark in all pictures', { for: 'picking' }), ' ', list);
  figure.before(field, element('p', '', { id: 'picked-now', class: 'picked-now' }));
}

/** Picks what is clicked: a symbol, a row; with a modifier, besides what is picked. */
function click(event: MouseEvent): void {
  const target = event.target;
  if (!(target instanceof Element) || target.closest('a, button, select, input, label')) {
    return;
  }
  const of = target.closest('main [data-of]');
  const selection = document.getSelection();
  if (!of || (selection && !selection.isCollapsed)) {
    return;
  }
  const own = ids(of);
  const before = picked();
  const all = own.every((id) => before.has(id));
  if (event.ctrlKey || event.metaKey || event.shiftKey) {
    own.forEach((id) => (all ? before.delete(id) : before.add(id)));
    pick([...before]);
  } else {
    pick(all && before.size === own.length ? [] : own);
  }
}

/** Links the pictures of a page now and whenever it is put in place anew. */
export function linking(): void {
  const begin = (): void => {
    offer();
    mark();
  };
  begin();
  document.addEventListener('fresh', begin);
  document.addEventListener('click', click);
  window.addEventListener('hashchange', mark);
}

// The replay played: the days on which something became visible, one after the other, from what the page
// holds. Each day shows what became visible on it, and which false leads could be seen; in the picture
// what came later is faded, and what was gone again too. Without this the page lists all of it.

import { button, element } from './saying';

/** How long a day is shown while the days are played, in milliseconds. */
const A_DAY_MS = 1600;

/** The day that is shown, for the page that is put in place anew; nothing while all are. */
let shown: string | undefined;
let playing: number | undefined;

/** What has a day: rows of the lists, and marks of the picture. */
function dated(): (HTMLElement | SVGElement)[] {
  return [...document.querySelectorAll<HTMLElement | SVGElement>('main li[data-day], main svg g[data-day]')];
}

const dayOf = (one: HTMLElement | SVGElement): string => one.dataset.day ?? '';

/** Whether something could be seen on a day: since its own, and until it was gone. Days compare as words. */
function visible(one: HTMLElement | SVGElement, day: string): boolean {
  const until = one.dataset.until;
  return dayOf(one) <= day && (until === undefined || day < until);
}

/** The days on which something changes, each once. */
function days(): string[] {
  const rows = [...document.querySelectorAll<HTMLElement>('main li[data-day]')];
  // On the picture's own page there are no rows; what it shows of incidents alone is no step.
  const marks = rows.length > 0 ? rows : dated();
  const all = marks.flatMap((one) => [dayOf(one), one.dataset.until ?? '']).filter((day) => day !== '');
  return [...new Set(all)].sort();
}

const many = (number: number, one: string, more: string): string => `${number} ${number === 1 ? one : more}`;

/** What a day shows, in words. */
function told(day: string): string {
  const rows = (what: string): HTMLElement[] => [
    ...document.querySelectorAll<HTMLElement>(`main li[data-${what}]`),
  ];
  const connections = rows('connection');
  const leads = rows('lead');
  if (connections.length + leads.length === 0) {
    const marks = dated().filter((one) => dayOf(one) === day);
    return `${day}: ${many(marks.length, 'thing', 'things')} on this day.`;
  }
  const fresh = connections.filter((one) => dayOf(one) === day).length;
  // What has no day could always be seen.
  const before = connections.filter((one) => dayOf(one) < day).length;
  const misled = leads.filter((one) => visible(one, day)).length;
  return `${day}: ${many(fresh, 'connection', 'connections')} became visible; ${before} could be seen before; ${many(misled, 'false lead', 'false leads')} visible.`;
}

/** Shows one day, or all without one. */
function show(day: string | undefined): void {
  shown = day;
  for (const one of dated()) {
    const now = day !== undefined && dayOf(one) === day;
    one.classList.toggle('now', now);
    if (one instanceof SVGElement) {
      one.classList.toggle('later', day !== undefined && !visible(one, day));
    } else {
      const lead = one.dataset.lead !== undefined;
      one.hidden = day !== undefined && (lead ? !visible(one, day) : !now);
    }
  }
  for (const always of document.querySelectorAll<HTMLElement>('main li[data-connection]:not([data-day])')) {
    always.hidden = day !== undefined;
  }
  const all = days();
  const slider = document.querySelector<HTMLInputElement>('#replay-day');
  const line = document.getElementById('replay-told');
  if (slider && line) {
    const at = day === undefined ? -1 : all.indexOf(day);
    slider.value = String(at);
    slider.setAttribute('aria-valuetext', day ?? 'all days');
    const words = day === undefined ? `All ${many(all.length, 'day', 'days')} are shown.` : told(day);
    if (line.textContent !== words) {
      line.textContent = words;
    }
  }
}

function stop(): void {
  clearInterval(playing);
  playing = undefined;
  const play = document.getElementById('replay-play');
  if (play) {
    play.textContent = 'Play';
  }
}

/** Goes on or back by a day; whether there is one. */
function step(by: 1 | -1): boolean {
  const all = days();
  const at = shown === undefined ? (by === 1 ? -1 : all.length) : all.indexOf(shown);
  const next = all[at + by];
  if (next === undefined) {
    return false;
  }
  show(next);
  return true;
}

function play(): void {
  if (playing !== undefined) {
    stop();
    return;
  }
  const all = days();
  if (shown === undefined || shown === all.at(-1)) {
    show(all[0]);
  } else {
    step(1);
  }
  const button = document.getElementById('replay-play');
  if (button) {
    button.textContent = 'Pause';
  }
  playing = window.setInterval(() => {
    if (!step(1)) {
      stop();
    }
  }, A_DAY_MS);
}

/** Lays buttons and a slider where the page has a place for them. */
function offer(): void {
  const place = document.querySelector<HTMLElement>('main [data-replay]');
  const all = days();
  if (!place || all.length === 0 || place.childElementCount > 0) {
    return;
  }
  const by = (way: 1 | -1) => (): void => {
    stop();
    step(way);
  };
  const start = button('Play', play);
  start.id = 'replay-play';
  const back = button('Day before', by(-1));
  const on = button('Next day', by(1));
  const whole = button('All days', () => {
    stop();
    show(undefined);
  });
  [back.id, on.id, whole.id] = ['replay-back', 'replay-on', 'replay-all'];
  const slider = element('input', '', {
    id: 'replay-day',
    type: 'range',
    min: '-1',
    max: String(all.length - 1),
    step: '1',
    value: '-1',
  });
  slider.addEventListener('input', () => {
    stop();
    show(all[Number(slider.value)]);
  });
  const label = element('label', 'Day', { for: 'replay-day' });
  const line = element('p', '', { id: 'replay-told', role: 'status' });
  const panel = element('div', '', { class: 'replaying', role: 'group', 'aria-label': 'The days, played' });
  panel.append(start, back, on, whole, label, slider, line);
  place.append(panel);
  // Letters and the space bar press what has the focus; arrows go from day to day on the slider. Beside
  // these, brackets go on and back wherever the focus is within the panel.
  panel.addEventListener('keydown', (event) => {
    if (event.key === ']' || event.key === '[') {
      by(event.key === ']' ? 1 : -1)();
      event.preventDefault();
    } else if (event.key === 'Escape') {
      stop();
    }
  });
  show(shown !== undefined && all.includes(shown) ? shown : undefined);
}

/** Offers it now and whenever the page is put in place anew. */
export function replaying(): void {
  offer();
  document.addEventListener('fresh', offer);
}

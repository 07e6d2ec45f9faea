// Forms sent without leaving the page, and the last judgment taken back by one key.

import { done, refresh } from './fresh';
import { back, following, goBack, goOn, item, open } from './items';
import { button, dialog, element, say } from './saying';

/** Where the ids of one's own judgments of this visit are kept, the last at the end. */
const OWN = 'throughline-judgments';

/** How many of them. */
const MOST = 200;

type Pair = [string, string];

interface Refusal {
  error: string;
  advice: string;
  needs?: string;
  contradicts?: { judgment: string; act: string; by: string; reason: string }[];
}

/** What was entered, and what is to be said of it. */
interface Entered {
  judgment?: string;
  remarks?: string[];
  read_again?: { document: string; changed: number }[];
}

function own(): string[] {
  try {
    return JSON.parse(sessionStorage.getItem(OWN) ?? '[]') as string[];
  } catch {
    return [];
  }
}

function remember(ids: string[]): void {
  sessionStorage.setItem(OWN, JSON.stringify(ids.slice(-MOST)));
}

/** Sends fields to an address; what became of it. */
async function post(address: string, pairs: Pair[]): Promise<Entered | Refusal> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams(pairs),
  });
  const told: unknown = await answer.json();
  if (answer.ok) {
    return (Array.isArray(told) ? (told[0] as Entered | undefined) : undefined) ?? {};
  }
  return told as Refusal;
}

/** Says why nothing was entered, and offers what can be done about it. */
function refused(address: string, pairs: Pair[], why: Refusal, form?: HTMLFormElement): void {
  if (why.needs === 'by') {
    const field = element('input', '', { id: 'who', type: 'text', required: '', autocomplete: 'name', maxlength: '200' });
    const asks = element('form', '', { method: 'dialog' });
    asks.append(
      element('p', 'Every judgment says who made it. Give your name once: this browser keeps it.'),
      element('label', 'Your name', { for: 'who' }),
      field,
      element('button', 'Judge', { type: 'submit' }),
    );
    const opened = dialog('Who judges?', asks);
    asks.addEventListener('submit', (event) => {
      event.preventDefault();
      opened.close();
      const known = document.querySelector<HTMLInputElement>('#by');
      if (known) {
        known.value = field.value;
        known.defaultValue = field.value;
      }
      void enter(address, [...pairs, ['by', field.value]], form);
    });
    return;
  }
  const others = why.contradicts ?? [];
  const list = element('ul');
  for (const one of others) {
    list.append(element('li', `${one.act}, by ${one.by}: “${one.reason}” (${one.judgment})`));
  }
  const over = button('Judge all the same, in their place', () => {
    opened.close();
    const over = others.map((one): Pair => ['supersedes', one.judgment]);
    void enter(address, [...pairs, ...over], form);
  });
  const leave = button(others.length > 0 ? 'Leave it as it is' : 'Close', () => opened.close());
  const opened = dialog(
    others.length > 0 ? 'Others judged otherwise' : 'Not entered',
    element('p', why.error),
    ...(others.length > 0 ? [list] : []),
    element('p', why.advice),
    ...(others.length > 0 ? [over, leave] : [leave]),
  );
}

/** Says what is to be said of what was entered. */
function remarked(remarks: string[]): void {
  const list = element('ul');
  for (const one of remarks) {
    list.append(element('li', `${one}.`));
  }
  const close = button('Go on', () => opened.close());
  const back = button('Undo it', () => {
    opened.close();
    undo();
  });
  const opened = dialog('Entered, with a remark', element('p', 'Look at this:'), list, close, back);
}

/** What was done, in a word. */
const DONE: Record<string, string> = {
  accept: 'Accepted',
  reject: 'Rejected',
  correct: 'Corrected',
  retract: 'Retracted',
  find: 'Found',
  same: 'Judged the same',
  'not-same': 'Told apart',
  unsure: 'Left open',
  unrelated: 'Judged unrelated',
  withdraw: 'Noted as taken back',
  dated: 'Dated',
  grade: 'Graded',
  credit: 'Graded',
  code: 'Coded',
  undo: 'Taken back',
};

/** Enters what a form says, shows the page as it is then, and goes on to what is next to decide. */
async function enter(address: string, pairs: Pair[], form?: HTMLFormElement): Promise<void> {
  const act = pairs.find(([name]) => name === 'act')?.[1] ?? 'add';
  const [at, followed, before] = [item()?.id, following(), open()];
  const undone = act === 'undo' ? pairs.find(([name]) => name === 'judgment')?.[1] : undefined;
  document.body.dataset.sending = 'yes';
  try {
    const answer = await post(address, pairs);
    if (undone) {
      // Taken back, or not there to be taken back: the one before it is next.
      remember(own().filter((id) => id !== undone));
    }
    if ('error' in answer) {
      refused(address, pairs, answer, form);
      return;
    }
    if (answer.judgment && !undone) {
      remember([...own().filter((id) => id !== answer.judgment), answer.judgment]);
    }
    if (form?.matches('.judge')) {
      done(form);
    }
    await refresh();
    let more: boolean | undefined;
    if (address === '/name') {
      // Letters are keys again, and not words of the name.
      if (document.activeElement instanceof HTMLElement) {
        document.activeElement.blur();
      }
      back();
    } else if (act === 'undo') {
      goBack(before);
    } else {
      more = goOn(at, followed);
    }
    const word = address === '/name' ? 'Your name is kept' : (DONE[act] ?? 'Added');
    const again = answer.read_again?.length ? ' It was read again.' : '';
    say(`${word}.${again}${more === false ? ' Nothing on this page is left to decide.' : ''}`);
    if (answer.remarks?.length) {
      remarked(answer.remarks);
    }
  } catch {
    const error = 'The server does not answer as it did, so nothing was entered.';
    const advice = 'See that `throughline serve` still runs; if it was started anew, open the address that it printed.';
    refused(address, pairs, { error, advice }, form);
  } finally {
    delete document.body.dataset.sending;
  }
}

/** Takes back one's last judgment of this visit. */
export function undo(): void {
  const last = own().at(-1);
  const token = document.querySelector<HTMLInputElement>('input[name="token"]')?.value;
  if (!last || !token) {
    say('There is nothing of yours to take back.');
    return;
  }
  void enter('/judge', [['token', token], ['act', 'undo'], ['judgment', last]]);
}

/** Sends forms of judging from here on. */
export function send(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches('form.judge, form.who')) {
      return;
    }
    event.preventDefault();
    if (document.body.dataset.sending) {
      return;
    }
    const pairs = [...new FormData(form, event.submitter)].map(([name, value]): Pair => [name, String(value)]);
    void enter(new URL(form.action).pathname, pairs, form);
  });
}
